/// What keeps a table from being made anew: what it is, and what would be lost with it.

#pragma once

#include <cstdint>

#include "engine/dialects/live.hpp"
#include "engine/operations/operation.hpp"

namespace revise::postgresql {

/// Throws UnsupportedError that names all that a new table could not take over: views,
/// functions, whatever else depends on the table `oid` and is not the table's own.
/// The search path must be empty, so that names are told in full.
void check_recreation(const operations::BatchAlterTableOp& batch, std::int64_t oid,
                      const dialects::Live& live);

}  // namespace revise::postgresql
