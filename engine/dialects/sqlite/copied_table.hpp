/// A table as a unit says that it is (copy_from), in the place of what is stored.

#pragma once

#include "engine/dialects/sqlite/stored_table.hpp"
#include "engine/dialects/sqlite/table_draft.hpp"

namespace revise::sqlite {

/// The draft's table becomes `copy`, its indexes too; indexes that `copy` does not know
/// stay. Throws UnitError when `copy` lacks a column of the table, which would lose its
/// values, or has one that the table has not.
void copy_from(const dialects::Dialect& dialect, TableDraft& draft,
               const StoredTable& copy);

}  // namespace revise::sqlite
