/// Tables and their parts as SQLite's SQL.

#pragma once

#include <optional>
#include <string>

#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

/// CREATE TABLE, over several lines.
std::string table_text(const dialects::Dialect& dialect,
                       const operations::CreateTableOp& op);

/// A constraint as it stands in CREATE TABLE; none for what SQLite has no place for.
std::optional<std::string> constraint_text(const dialects::Dialect& dialect,
                                           const schema::Table& table,
                                           const schema::Constraint& constraint);

/// " ON CONFLICT ..."; `clause` empty: nothing.
std::string conflict_text(const std::string& clause);

/// " REFERENCES t (a) ..." of a column.
std::string references_clause(const dialects::Dialect& dialect,
                              const schema::ForeignKeyConstraint& key);

/// What follows DEFAULT.
std::string default_value(const schema::ServerDefault& server_default);

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
