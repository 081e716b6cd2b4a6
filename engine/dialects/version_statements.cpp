#include "engine/dialects/version_statements.hpp"

namespace revise::dialects {

namespace {

std::string name_of(const Dialect& dialect, const VersionTable& table) {
  return dialect.qualified(table.schema, table.name);
}

std::string literal(const Dialect& dialect, std::string_view text) {
  return dialect.literal(std::string(text));
}

// Alembic names the column with its table, and so do its scripts.
std::string where_id(const Dialect& dialect, const VersionTable& table,
                     std::string_view id) {
  return " WHERE " + name_of(dialect, table) + ".version_num = " + literal(dialect, id);
}

bool holds_to_widths(const Dialect& dialect) { return dialect.name() != "sqlite"; }

}  // namespace

std::string create_version_table(const Dialect& dialect, const VersionTable& table) {
  std::string text = "CREATE TABLE " + name_of(dialect, table) +
                     " (\n    version_num VARCHAR(" + std::to_string(table.length) +
                     ") NOT NULL";
  if (table.primary_key) {
    text += ", \n    CONSTRAINT " + dialect.quote(table.name + "_pkc") +
            " PRIMARY KEY (version_num)";
  }
  return text + "\n)";
}

std::string drop_version_table(const Dialect& dialect, const VersionTable& table) {
  return "DROP TABLE " + name_of(dialect, table);
}

std::string insert_version(const Dialect& dialect, const VersionTable& table,
                           std::string_view id) {
  return "INSERT INTO " + name_of(dialect, table) + " (version_num) VALUES (" +
         literal(dialect, id) + ")";
}

std::string update_version(const Dialect& dialect, const VersionTable& table,
                           std::string_view from, std::string_view to) {
  return "UPDATE " + name_of(dialect, table) +
         " SET version_num=" + literal(dialect, to) + where_id(dialect, table, from);
}

std::string delete_version(const Dialect& dialect, const VersionTable& table,
                           std::string_view id) {
  return "DELETE FROM " + name_of(dialect, table) + where_id(dialect, table, id);
}

std::string select_versions(const Dialect& dialect, const VersionTable& table) {
  return "SELECT version_num FROM " + name_of(dialect, table) + " ORDER BY version_num";
}

// atttypmod is the width and four more; a column of TEXT has none.
std::string select_version_width(const Dialect& dialect, const VersionTable& table) {
  if (!holds_to_widths(dialect)) return {};
  return "SELECT atttypmod - 4 FROM pg_catalog.pg_attribute WHERE attrelid = "
         "pg_catalog.to_regclass(" +
         literal(dialect, name_of(dialect, table)) +
         ") AND attname = 'version_num' AND atttypmod > 4";
}

std::string widen_version(const Dialect& dialect, const VersionTable& table,
                          int length) {
  if (!holds_to_widths(dialect)) return {};
  return "ALTER TABLE " + name_of(dialect, table) +
         " ALTER COLUMN version_num TYPE VARCHAR(" + std::to_string(length) + ")";
}

}  // namespace revise::dialects
