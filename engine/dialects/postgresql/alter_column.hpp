/// ALTER COLUMN and what goes with it, as PostgreSQL's SQL.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

/// The statements in Alembic's order (ddl/postgresql.py): the type first, the new name
/// last, the CHECKs that types bring along around it all. Throws UnsupportedError on a
/// computed column, UnitError on a CHECK without a name.
std::vector<std::string> alter_column_texts(const dialects::Dialect& dialect,
                                            const operations::AlterColumnOp& op);

/// COMMENT ON COLUMN; `table` as it is to be printed, no comment: dropped.
std::string column_comment_text(const dialects::Dialect& dialect,
                                const std::string& table, const std::string& column,
                                const std::optional<std::string>& comment);

}  // namespace revise::postgresql
