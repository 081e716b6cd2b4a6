/// What a table has besides what its unit wrote as such: the primary key, unique
/// constraints and indexes that columns imply, in SQLAlchemy's order.

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/schema/table.hpp"

namespace revise::dialects {

/// The CHECK that a column's type brings along on a database, if any.
using TypeCheck =
    std::function<std::optional<schema::CheckConstraint>(const schema::Column&)>;

/// The primary key, then those written in their order, then those of the columns.
std::vector<schema::Constraint> constraints_of(const schema::Table& table,
                                               const TypeCheck& type_check);

/// Those written in their order, then those of columns.
std::vector<schema::Index> indexes_of(const schema::Table& table);

/// The index that `column` asks for, named as SQLAlchemy names it; none otherwise.
std::optional<schema::Index> index_of(const schema::Column& column,
                                      const std::string& table,
                                      const std::string& schema);

/// Whether a foreign key of the table or of the column itself starts at `column`.
bool has_foreign_key(const schema::Table& table, const schema::Column& column);

/// Whether SQLAlchemy counts the type among the integers.
bool is_integer(const schema::Type& type);

}  // namespace revise::dialects
