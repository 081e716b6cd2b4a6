#include "engine/dialects/sqlite/table.hpp"

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/types.hpp"
#include "engine/dialects/standard_sql.hpp"
#include "engine/dialects/table_parts.hpp"

namespace revise::sqlite {

namespace {

using dialects::column_name;
using dialects::Dialect;
using schema::Column;
using Texts = std::vector<std::string>;

// AUTOINCREMENT can only stand with the column itself, and then the key does too.
bool counts_up(const schema::Table& table, const schema::PrimaryKeyConstraint& key,
               const Column& column) {
  return table.options.sqlite_autoincrement == true && column.primary_key &&
         key.columns.size() == 1 && dialects::is_integer(column.type) &&
         !dialects::has_foreign_key(table, column);
}

std::string column_text(const Dialect& dialect, const schema::Table& table,
                        const Column& column) {
  const auto key = schema::primary_key_of(table);
  if (column.primary_key && column.autoincrement == true && key.columns.size() != 1) {
    throw UnsupportedError(
        "SQLite does not support autoincrement for composite primary keys");
  }
  std::string text = column_head(dialect, column);
  if (counts_up(table, key, column)) {
    text += " PRIMARY KEY" + conflict_text(column.sqlite_on_conflict_primary_key) +
            " AUTOINCREMENT";
  }
  return text + computed_clause(column) + column_checks(dialect, column);
}

const Column* find_column(const schema::Table& table, const std::string& name) {
  for (const Column& column : table.columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

/// None for what SQLite has no place for.
struct ConstraintText {
  using Text = std::optional<std::string>;
  const Dialect& dialect;
  const schema::Table& table;

  Text operator()(const schema::PrimaryKeyConstraint& key) const {
    const Column* only =
        key.columns.size() == 1 ? find_column(table, key.columns[0]) : nullptr;
    if (only != nullptr && counts_up(table, key, *only)) return std::nullopt;
    std::string conflict = key.sqlite_on_conflict;
    if (conflict.empty() && only != nullptr) {
      conflict = only->sqlite_on_conflict_primary_key;
    }
    return keyed("PRIMARY KEY", key) + conflict_text(conflict);
  }
  Text operator()(const schema::UniqueConstraint& key) const {
    if (key.columns.empty()) return std::nullopt;
    std::string conflict = key.sqlite_on_conflict;
    if (conflict.empty() && key.columns.size() == 1) {
      const Column* only = find_column(table, key.columns[0]);
      if (only != nullptr) conflict = only->sqlite_on_conflict_unique;
    }
    return keyed("UNIQUE", key) + conflict_text(conflict);
  }
  Text operator()(const schema::CheckConstraint& check) const {
    return dialects::check_text(dialect, check) +
           conflict_text(check.sqlite_on_conflict);
  }
  // A foreign key cannot leave its database file.
  Text operator()(const schema::ForeignKeyConstraint& key) const {
    if (key.referent_schema != table.schema) {
      log::warning("revise.dialects.sqlite",
                   "a foreign key of table " + quoted(table.name) + " to " +
                       quoted(key.referent_table) +
                       " is left out: in SQLite none leads to another schema");
      return std::nullopt;
    }
    return dialects::foreign_key_text(dialect, key, dialect.quote(key.referent_table));
  }
  Text operator()(const schema::ExcludeConstraint&) const {
    throw UnsupportedError(
        "SQLite has no EXCLUDE constraints; a UNIQUE constraint or a trigger may do");
  }

 private:
  std::string keyed(const char* word, const auto& key) const {
    return dialects::constraint_preamble(dialect, key.name) + word + " (" +
           dialects::name_list(dialect, key.columns) + ")" +
           dialects::deferral_text(key.deferral);
  }
};

std::string table_suffix(const schema::TableOptions& options) {
  Texts words;
  if (options.sqlite_with_rowid == false) words.emplace_back("WITHOUT ROWID");
  if (options.sqlite_strict == true) words.emplace_back("STRICT");
  return words.empty() ? std::string() : "\n " + join(words, ",\n ");
}

}  // namespace

// SQLite takes an expression as a default in parentheses only; SQLAlchemy 2.0 puts
// them round what is neither a word nor a literal nor in parentheses already.
std::string default_value(const schema::ServerDefault& server_default) {
  const std::string text = dialects::default_text(server_default);
  const std::string_view bare = strip(text);
  const bool is_closed =
      !bare.empty() && (bare[0] == '\'' || bare[0] == '"' || bare[0] == '(');
  const bool is_word =
      text.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
      std::string::npos;
  return is_closed || is_word ? text : "(" + text + ")";
}

std::string conflict_text(const std::string& clause) {
  return clause.empty() ? std::string() : " ON CONFLICT " + clause;
}

std::optional<std::string> constraint_text(const Dialect& dialect,
                                           const schema::Table& table,
                                           const schema::Constraint& constraint) {
  return std::visit(ConstraintText{dialect, table}, constraint);
}

std::string references_clause(const Dialect& dialect,
                              const schema::ForeignKeyConstraint& key) {
  return " " + dialects::constraint_preamble(dialect, key.name) + "REFERENCES " +
         dialect.quote(key.referent_table) + " (" +
         dialects::name_list(dialect, key.referent_columns) + ")" +
         dialects::references_suffix(key);
}

std::string table_text(const Dialect& dialect, const operations::CreateTableOp& op) {
  std::vector<std::string> parts;
  for (const Column& column : op.table.columns) {
    parts.push_back(column_text(dialect, op.table, column));
  }
  const auto constraints = dialects::constraints_of(
      op.table, [&](const Column& column) { return type_check(dialect, column); });
  for (const schema::Constraint& constraint : constraints) {
    auto text = constraint_text(dialect, op.table, constraint);
    if (text.has_value()) parts.push_back(std::move(*text));
  }
  return dialects::create_table_text(dialect, op, parts,
                                     table_suffix(op.table.options));
}

std::string column_head(const Dialect& dialect, const Column& column) {
  std::string text = column_name(dialect, column) + " " + type_name(column.type);
  if (column.server_default.has_value()) {
    text += " DEFAULT " + default_value(*column.server_default);
  }
  if (!column.nullable) {
    text += " NOT NULL" + conflict_text(column.sqlite_on_conflict_not_null);
  }
  return text;
}

std::string computed_clause(const Column& column) {
  if (!column.computed.has_value()) return {};
  const schema::Computed& computed = *column.computed;
  std::string text = " GENERATED ALWAYS AS (" + computed.sqltext + ")";
  if (computed.persisted.has_value())
    text += *computed.persisted ? " STORED" : " VIRTUAL";
  return text;
}

std::string column_checks(const Dialect& dialect, const Column& column) {
  std::string text;
  for (const schema::CheckConstraint& check : column.checks) {
    if (!check.sqlite_on_conflict.empty()) {
      // SQLAlchemy's own words.
      throw UnsupportedError(
          "SQLite does not support on conflict clause for column check constraint");
    }
    text += " " + dialects::check_text(dialect, check);
  }
  return text;
}

std::optional<schema::CheckConstraint> type_check(const Dialect& dialect,
                                                  const Column& column) {
  const auto* type = std::get_if<schema::BooleanType>(&column.type);
  if (type == nullptr || !type->create_constraint) {
    return dialects::enum_check(dialect, column);
  }
  return schema::CheckConstraint{
      .name = dialects::type_check_name(column, type->name),
      .sqltext = column_name(dialect, column) + " IN (0, 1)"};
}

// The index is in the schema of its table, and says so itself.
std::string index_text(const Dialect& dialect, const schema::Index& index,
                       const std::string& table, const std::string& schema,
                       const char* if_not_exists) {
  std::string text =
      std::string("CREATE ") + (index.unique ? "UNIQUE " : "") + "INDEX " +
      if_not_exists + (schema.empty() ? std::string() : dialect.quote(schema) + ".") +
      dialects::index_name(dialect, index) + " ON " + dialect.quote(table) + " (" +
      dialects::index_columns(dialect, index) + ")";
  if (!index.sqlite_where.empty()) text += " WHERE " + index.sqlite_where;
  return text;
}

}  // namespace revise::sqlite
