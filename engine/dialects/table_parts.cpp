#include "engine/dialects/table_parts.hpp"

#include <algorithm>

#include "engine/core/text.hpp"

namespace revise::dialects {

std::vector<schema::Constraint> constraints_of(const schema::Table& table,
                                               const TypeCheck& type_check) {
  std::vector<schema::Constraint> constraints;
  if (auto key = schema::primary_key_of(table); !key.columns.empty()) {
    constraints.emplace_back(std::move(key));
  }
  for (const schema::Constraint& constraint : table.constraints) {
    if (!std::holds_alternative<schema::PrimaryKeyConstraint>(constraint)) {
      constraints.push_back(constraint);
    }
  }
  for (const schema::Column& column : table.columns) {
    if (column.unique && !column.index) {
      constraints.emplace_back(schema::UniqueConstraint{
          .name = column.unique_name,
          .columns = {column.name},
          .sqlite_on_conflict = column.sqlite_on_conflict_unique});
    }
    if (auto check = type_check(column)) constraints.emplace_back(std::move(*check));
    for (const auto& key : column.foreign_keys) constraints.emplace_back(key);
  }
  return constraints;
}

std::optional<schema::Index> index_of(const schema::Column& column,
                                      const std::string& table,
                                      const std::string& schema) {
  if (!column.index) return std::nullopt;
  std::string name = column.index_name;
  if (name.empty()) {
    const std::string prefix =
        schema.empty() ? std::string() : replace_all(schema, ".", "_") + "_";
    name = "ix_" + prefix + table + "_" + column.name;
  }
  return schema::Index{
      .name = std::move(name), .elements = {column.name}, .unique = column.unique};
}

std::vector<schema::Index> indexes_of(const schema::Table& table) {
  std::vector<schema::Index> indexes = table.indexes;
  for (const schema::Column& column : table.columns) {
    if (auto index = index_of(column, table.name, table.schema)) {
      indexes.push_back(std::move(*index));
    }
  }
  return indexes;
}

bool has_foreign_key(const schema::Table& table, const schema::Column& column) {
  if (!column.foreign_keys.empty()) return true;
  return std::any_of(
      table.constraints.begin(), table.constraints.end(), [&](const auto& constraint) {
        const auto* key = std::get_if<schema::ForeignKeyConstraint>(&constraint);
        return key != nullptr && std::find(key->columns.begin(), key->columns.end(),
                                           column.name) != key->columns.end();
      });
}

bool is_integer(const schema::Type& type) {
  if (const auto* sql = std::get_if<schema::SqlType>(&type)) {
    return sql->name == "INTEGER" || sql->name == "BIGINT" || sql->name == "SMALLINT";
  }
  return std::holds_alternative<schema::IntegerType>(type) ||
         std::holds_alternative<schema::SmallIntegerType>(type) ||
         std::holds_alternative<schema::BigIntegerType>(type);
}

}  // namespace revise::dialects
