/// Batch mode on PostgreSQL: in place, unless the unit wants the table made anew.

#pragma once

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

/// All or nothing. Throws DatabaseError, UnitError, UnsupportedError.
void run_batch(const dialects::Dialect& dialect,
               const operations::BatchAlterTableOp& batch, const dialects::Live& live);

}  // namespace revise::postgresql
