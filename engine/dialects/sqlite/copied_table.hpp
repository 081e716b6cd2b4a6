/// A table as a unit says that it is (copy_from), in the place of what is stored.

#pragma once

#include "engine/dialects/sqlite/stored_table.hpp"
#include "engine/dialects/sqlite/table_draft.hpp"
#include "engine/operations/operation.hpp"

namespace revise::sqlite {

/// The draft's table becomes `copy`, its indexes too; indexes that `copy` does not know
/// stay. Throws UnitError when `copy` lacks a column of the table, which would lose its
/// values, or has one that the table has not.
void copy_from(const dialects::Dialect& dialect, TableDraft& draft,
               const StoredTable& copy);

/// `batch` with a column's old type told by copy_from, where it changes and the unit
/// itself does not tell: the CHECK of such a type goes with it.
operations::BatchAlterTableOp with_types_of_copy(operations::BatchAlterTableOp batch);

}  // namespace revise::sqlite
