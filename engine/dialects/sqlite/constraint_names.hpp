/// Names by a convention for constraints that are stored without one.

#pragma once

#include "engine/dialects/sqlite/table_draft.hpp"

namespace revise::sqlite {

/// Gives each unnamed primary key, UNIQUE and foreign key the name that `convention`
/// has for it, as SQLAlchemy does when it reflects a table. A CHECK stays without: no
/// convention names one that has no name to begin with. Throws UnitError on a token
/// that there is not.
void name_constraints(const dialects::Dialect& dialect, TableDraft& draft,
                      const schema::NamedValues& convention);

}  // namespace revise::sqlite
