/// Tables and their parts as PostgreSQL's SQL.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

/// The CHECK that a column's type brings along, if any.
std::optional<schema::CheckConstraint> type_check(const dialects::Dialect& dialect,
                                                  const schema::Column& column);

/// CREATE TABLE, over several lines.
std::string table_text(const dialects::Dialect& dialect,
                       const operations::CreateTableOp& op);

/// A column as ADD COLUMN takes it, without its checks.
std::string added_column_text(const dialects::Dialect& dialect,
                              const schema::Column& column);

/// " CHECK (...)" for each of the column's own.
std::string column_checks(const dialects::Dialect& dialect,
                          const schema::Column& column);

/// " REFERENCES t (b) ..." behind a column.
std::string references_text(const dialects::Dialect& dialect,
                            const schema::ForeignKeyConstraint& key);

/// A constraint as CREATE TABLE and ADD take it.
std::string constraint_text(const dialects::Dialect& dialect,
                            const schema::Constraint& constraint);

/// CREATE INDEX; `if_not_exists` is "IF NOT EXISTS " or nothing.
std::string index_text(const dialects::Dialect& dialect, const schema::Index& index,
                       const std::string& table, const std::string& schema,
                       const char* if_not_exists = "");

}  // namespace revise::postgresql
