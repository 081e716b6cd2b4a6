/// Many rows into a table on PostgreSQL: by COPY where that means what one INSERT a row
/// does, else by those.
///
/// How rows travel is the driver's business.

#pragma once

#include "engine/dialects/dialect.hpp"
#include "engine/driver/connection.hpp"
#include "engine/operations/operation.hpp"

namespace revise::migration {

/// Runs `insert`, which `op` was rendered as, for all of its rows or for none, also
/// outside a transaction. Throws DatabaseError that says which row was refused.
void insert_rows(driver::Connection& connection, const dialects::Dialect& dialect,
                 const operations::BulkInsertOp& op, const dialects::Statement& insert);

}  // namespace revise::migration
