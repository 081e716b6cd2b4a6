/// A new table in the place of an old one, with all that the old one had.
///
/// The steps are those of https://sqlite.org/lang_altertable.html#otheralter, with what
/// that page leaves to the reader: counters, rowids, triggers of other schemas,
/// statistics.
/// Transactions, savepoints and foreign_keys are batch's business.

#pragma once

#include <string>

#include "engine/dialects/dialect.hpp"
#include "engine/dialects/sqlite/table_draft.hpp"

namespace revise::sqlite {

/// Makes the table as the draft has it. Throws DatabaseError: a table of the temporary
/// name that was left from before, rows that the new table does not take.
void rebuild(const dialects::Dialect& dialect, const TableDraft& draft,
             const dialects::Live& live);

}  // namespace revise::sqlite
