/// Batch mode on SQLite: in place where SQLite can do that safely, else by way of a new
/// table.

#pragma once

#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

/// All or nothing: what was done is undone before an error goes on. Throws
/// DatabaseError, UnitError, UnsupportedError.
void run_batch(const dialects::Dialect& dialect,
               const operations::BatchAlterTableOp& batch, const dialects::Live& live);

/// The same as statements for a script. Throws UnsupportedError in Alembic's words when
/// the table is to be made anew and there is no copy_from.
std::vector<std::string> batch_script(const dialects::Dialect& dialect,
                                      const operations::BatchAlterTableOp& batch);

}  // namespace revise::sqlite
