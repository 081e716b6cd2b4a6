/// What a build outside a transaction that did not come to its end leaves behind:
/// found, said, and taken away, so that the same statement can run again.
/// https://www.postgresql.org/docs/15/sql-createindex.html, "Building Indexes
/// Concurrently"

#pragma once

#include <string_view>

#include "engine/dialects/dialect.hpp"
#include "engine/driver/connection.hpp"
#include "engine/operations/operation.hpp"

namespace revise::migration {

/// `operation` so that it bears being run again: INVALID indexes that an earlier run of
/// it left are dropped, what is there already is left alone; the log tells both.
operations::Operation run_again(driver::Connection& connection,
                                const dialects::Dialect& dialect,
                                const operations::Operation& operation);

/// Runs each statement of `sql`, which a unit wrote, by itself; before CREATE INDEX
/// CONCURRENTLY and REINDEX the INVALID indexes that an earlier run left are dropped.
/// Throws DatabaseError; what ran before the one refused took effect.
void execute_again(driver::Connection& connection, const dialects::Dialect& dialect,
                   std::string_view sql);

}  // namespace revise::migration
