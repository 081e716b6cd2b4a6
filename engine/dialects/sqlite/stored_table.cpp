#include "engine/dialects/sqlite/stored_table.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/sqlite/create_table_parser.hpp"
#include "engine/dialects/sqlite/table_edit.hpp"

namespace revise::sqlite {

namespace {

using dialects::single_quoted;

std::string text_at(const driver::Row& row, std::size_t column) {
  const auto* text = std::get_if<std::string>(&row.at(column));
  return text == nullptr ? std::string() : *text;
}

std::string is_named(const char* column, const std::string& name) {
  return std::string("lower(") + column + ") = lower(" + single_quoted(name) + ")";
}

std::string master_of(const dialects::Dialect& dialect, const std::string& schema) {
  return dialect.quote(schema) + ".sqlite_master";
}

std::vector<std::string> read_schemas(const dialects::Live& live) {
  std::vector<std::string> schemas;
  for (const auto& row : live.read("PRAGMA database_list").rows) {
    schemas.push_back(text_at(row, 1));
  }
  // Temporary tables hide others, and need not have a database yet.
  std::erase(schemas, "temp");
  schemas.insert(schemas.begin(), "temp");
  return schemas;
}

[[noreturn]] void refuse_absent(const std::string& schema, const std::string& table) {
  throw DatabaseError("there is no table " +
                      quoted(schema.empty() ? table : schema + "." + table));
}

// The columns as SQLite knows them, hidden ones left out.
std::vector<std::string> read_columns(const dialects::Live& live,
                                      const std::string& schema,
                                      const std::string& table) {
  std::vector<std::string> columns;
  const auto result =
      live.read("SELECT name FROM pragma_table_xinfo(" + single_quoted(table) + ", " +
                single_quoted(schema) + ") WHERE hidden <> 1 ORDER BY cid");
  for (const auto& row : result.rows) columns.push_back(text_at(row, 0));
  return columns;
}

CreateTable parse(const driver::Row& row, const std::string& table) {
  const std::string sql = text_at(row, 2);
  if (text_at(row, 0) != "table" || lower(sql).starts_with("create virtual")) {
    throw UnsupportedError(quoted(table) + " is a " +
                           (text_at(row, 0) == "table" ? "virtual table" : "view") +
                           ", and only a table can be changed in a batch");
  }
  CreateTable definition = parse_create_table(sql);
  definition.name = text_at(row, 1);
  return definition;
}

std::vector<StoredObject> read_indexes(const dialects::Dialect& dialect,
                                       const dialects::Live& live,
                                       const std::string& schema,
                                       const std::string& table) {
  std::vector<StoredObject> indexes;
  const auto result = live.read("SELECT name, sql FROM " + master_of(dialect, schema) +
                                " WHERE type = 'index' AND sql IS NOT NULL AND " +
                                is_named("tbl_name", table) + " ORDER BY rowid");
  for (const auto& row : result.rows) {
    indexes.push_back(
        {.schema = schema, .name = text_at(row, 0), .sql = text_at(row, 1)});
  }
  return indexes;
}

void add_triggers(const dialects::Dialect& dialect, const dialects::Live& live,
                  const std::string& schema, const std::string& table,
                  std::vector<StoredObject>& triggers) {
  const auto result =
      live.read("SELECT name, sql, " + is_named("tbl_name", table) + " FROM " +
                master_of(dialect, schema) + " WHERE type = 'trigger' ORDER BY rowid");
  for (const auto& row : result.rows) {
    triggers.push_back({.schema = schema,
                        .name = text_at(row, 0),
                        .sql = text_at(row, 1),
                        .is_on_table = std::get<std::int64_t>(row.at(2)) != 0});
  }
}

}  // namespace

StoredTable read_table(const dialects::Dialect& dialect, const dialects::Live& live,
                       const std::string& wanted_schema, const std::string& table) {
  for (const std::string& schema : read_schemas(live)) {
    if (!wanted_schema.empty() && !is_same_name(schema, wanted_schema)) continue;
    const auto found =
        live.read("SELECT type, name, sql FROM " + master_of(dialect, schema) +
                  " WHERE type IN ('table', 'view') AND " + is_named("name", table));
    if (found.rows.empty()) continue;
    StoredTable stored{.schema = schema, .definition = parse(found.rows[0], table)};
    const std::string& name = stored.definition.name;
    if (column_names(stored.definition) != read_columns(live, schema, name)) {
      throw UnsupportedError("the columns of table " + quoted(name) +
                             " are not understood as SQLite has them");
    }
    stored.indexes = read_indexes(dialect, live, schema, name);
    stored.triggers = read_triggers(dialect, live, schema, name);
    return stored;
  }
  refuse_absent(wanted_schema, table);
}

std::vector<StoredObject> read_triggers(const dialects::Dialect& dialect,
                                        const dialects::Live& live,
                                        const std::string& schema,
                                        const std::string& table) {
  std::vector<StoredObject> triggers;
  add_triggers(dialect, live, schema, table, triggers);
  if (!is_same_name(schema, "temp")) {
    add_triggers(dialect, live, "temp", table, triggers);
  }
  return triggers;
}

std::vector<std::string> read_referring_tables(const dialects::Live& live,
                                               const std::string& schema,
                                               const std::string& table) {
  std::vector<std::string> tables;
  const auto result =
      live.read("SELECT DISTINCT m.name FROM \"" + replace_all(schema, "\"", "\"\"") +
                "\".sqlite_master AS m, pragma_foreign_key_list(m.name, " +
                single_quoted(schema) + ") AS f WHERE m.type = 'table' AND " +
                is_named("f.\"table\"", table));
  for (const auto& row : result.rows) tables.push_back(text_at(row, 0));
  return tables;
}

}  // namespace revise::sqlite
