/// Which changes SQLite makes in place, and which take a new table.

#pragma once

#include "engine/dialects/batch_plan.hpp"
#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

/// Whether recreate = "auto" makes a new table for these changes. As in Alembic
/// (SQLiteImpl.requires_recreate_in_batch), but that a default which is a literal is
/// added in place also when it is given as SQL. A place for a column is no reason.
bool needs_rebuild(const dialects::Dialect& dialect, const dialects::Stage& stage);

/// Whether any option of SQLite's is set.
bool has_options(const schema::TableOptions& options);

/// Whether the batch has arguments that only a table made anew can follow.
bool has_table_arguments(const operations::BatchAlterTableOp& batch);

}  // namespace revise::sqlite
