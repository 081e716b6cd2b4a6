/// How a version table, and what else a transaction begins with, is found on PostgreSQL
/// in one statement.
///
/// What is made of the row is the session's business.

#pragma once

#include <string>

#include "engine/dialects/dialect.hpp"
#include "engine/dialects/version_statements.hpp"

namespace revise::migration {

/// One row: back end, schema, whether the table exists, whether the schema does,
/// whether anything is deferred from the start, lock_timeout and statement_timeout in
/// milliseconds, the column's width, who the run is.
std::string find_table_sql(const dialects::Dialect& dialect,
                           const dialects::VersionTable& table);

}  // namespace revise::migration
