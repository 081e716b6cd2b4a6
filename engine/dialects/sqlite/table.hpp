/// Tables and their parts as SQLite's SQL.

#pragma once

#include <optional>
#include <string>

#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

/// CREATE TABLE, over several lines.
std::string table_text(const dialects::Dialect& dialect,
                       const operations::CreateTableOp& op);

/// Name, type, DEFAULT and NOT NULL.
std::string column_head(const dialects::Dialect& dialect, const schema::Column& column);

/// " GENERATED ALWAYS AS (...)", or nothing.
std::string computed_clause(const schema::Column& column);

/// " CHECK (...)" for each of the column's own.
std::string column_checks(const dialects::Dialect& dialect,
                          const schema::Column& column);

/// The CHECK that a Boolean or Enum brings along, if it asks for one.
std::optional<schema::CheckConstraint> type_check(const dialects::Dialect& dialect,
                                                  const schema::Column& column);

/// CREATE INDEX; `if_not_exists` is "IF NOT EXISTS " or nothing.
std::string index_text(const dialects::Dialect& dialect, const schema::Index& index,
                       const std::string& table, const std::string& schema,
                       const char* if_not_exists = "");

}  // namespace revise::sqlite
