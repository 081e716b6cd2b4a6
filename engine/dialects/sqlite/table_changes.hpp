/// A batch's changes, made to a draft of the table.

#pragma once

#include "engine/dialects/sqlite/table_draft.hpp"
#include "engine/operations/operation.hpp"

namespace revise::sqlite {

/// Makes the change; renames are not its business, and statements neither. Throws
/// UnitError with Alembic's words on what the table has not.
void apply_change(const dialects::Dialect& dialect, TableDraft& draft,
                  const operations::BatchChange& change);

/// What the batch says of the table before any change: reflect_args, and names by its
/// naming convention.
void apply_overrides(const dialects::Dialect& dialect, TableDraft& draft,
                     const operations::BatchAlterTableOp& batch);

/// What the batch adds when all changes are made: table_args, table_kwargs and the
/// order of columns.
void apply_arguments(const dialects::Dialect& dialect, TableDraft& draft,
                     const operations::BatchAlterTableOp& batch);

}  // namespace revise::sqlite
