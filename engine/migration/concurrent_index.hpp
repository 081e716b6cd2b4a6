/// What a build outside a transaction that did not come to its end leaves behind:
/// found, said, and taken away, so that the same statement can run again.
/// https://www.postgresql.org/docs/15/sql-createindex.html, "Building Indexes
/// Concurrently"

#pragma once

#include "engine/dialects/dialect.hpp"
#include "engine/driver/connection.hpp"
#include "engine/operations/operation.hpp"

namespace revise::migration {

/// `operation` so that it bears being run again: INVALID indexes that an earlier run of
/// it left are dropped, what is there already is left alone; the log tells both. Also
/// what a unit wrote itself is looked at: CREATE INDEX CONCURRENTLY and REINDEX.
operations::Operation run_again(driver::Connection& connection,
                                const dialects::Dialect& dialect,
                                const operations::Operation& operation);

}  // namespace revise::migration
