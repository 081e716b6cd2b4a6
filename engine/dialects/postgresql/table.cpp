#include "engine/dialects/postgresql/table.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/postgresql/identity.hpp"
#include "engine/dialects/postgresql/objects.hpp"
#include "engine/dialects/postgresql/types.hpp"
#include "engine/dialects/standard_sql.hpp"
#include "engine/dialects/table_parts.hpp"

namespace revise::postgresql {

namespace {

using dialects::Dialect;
using schema::Column;

// SQLAlchemy's rules (PrimaryKeyConstraint._autoincrement_column): the only column of
// the key, if it is an integer without default and foreign key; or the one that asks.
bool counts_up(const schema::Table& table, const Column& column) {
  if (!column.primary_key || column.identity.has_value() ||
      column.computed.has_value()) {
    return false;
  }
  if (column.autoincrement.has_value()) {
    return *column.autoincrement && dialects::is_integer(column.type);
  }
  return schema::primary_key_of(table).columns.size() == 1 &&
         dialects::is_integer(column.type) && !column.server_default.has_value() &&
         !dialects::has_foreign_key(table, column);
}

const char* serial_name(const schema::Type& type) {
  const auto* sql = std::get_if<schema::SqlType>(&type);
  const std::string name = sql == nullptr ? std::string() : sql->name;
  if (name == "BIGINT" || std::holds_alternative<schema::BigIntegerType>(type)) {
    return "BIGSERIAL";
  }
  if (name == "SMALLINT" || std::holds_alternative<schema::SmallIntegerType>(type)) {
    return "SMALLSERIAL";
  }
  return "SERIAL";
}

std::string identity_text(const schema::Identity& identity) {
  return " GENERATED " + identity_clause(identity);
}

std::string computed_text(const schema::Computed& computed) {
  if (computed.persisted == false) {
    throw UnsupportedError(
        "PostgreSQL before 18 computes no column at each reading; set 'persisted' to "
        "true or leave it alone");
  }
  return " GENERATED ALWAYS AS (" + computed.sqltext + ") STORED";
}

std::string column_text(const Dialect& dialect, const schema::Table& table,
                        const Column& column) {
  std::string text = dialects::column_name(dialect, column) + " ";
  if (counts_up(table, column)) {
    text += serial_name(column.type);
  } else {
    text += type_name(dialect, column.type);
    if (column.server_default.has_value()) {
      text += " DEFAULT " + dialects::default_text(*column.server_default);
    }
  }
  if (column.computed.has_value()) text += computed_text(*column.computed);
  if (column.identity.has_value()) {
    text += identity_text(*column.identity);
    return column.nullable ? text + " NULL" : text;  // an identity is NOT NULL
  }
  return column.nullable ? text : text + " NOT NULL";
}

std::string include_text(const Dialect& dialect,
                         const std::vector<std::string>& names) {
  if (names.empty()) return {};
  return " INCLUDE (" + dialects::name_list(dialect, names) + ")";
}

// An operator class stands behind the column that it is for.
std::string indexed_columns(const Dialect& dialect, const schema::Index& index) {
  schema::Index spelt = index;
  for (const auto& [column, operator_class] : index.postgresql_ops) {
    const auto place = std::find(index.elements.begin(), index.elements.end(),
                                 schema::IndexElement(column));
    if (place == index.elements.end()) {
      throw UnitError("'postgresql_ops' names " + quoted(column) +
                      ", which the index " + quoted(index.name) + " is not on");
    }
    spelt.elements[static_cast<std::size_t>(place - index.elements.begin())] =
        schema::Sql{dialect.quote(column) + " " + operator_class};
  }
  return dialects::index_columns(dialect, spelt);
}

std::string excluded_columns(const Dialect& dialect,
                             const schema::ExcludeConstraint& exclude) {
  std::vector<std::string> texts;
  for (const auto& element : exclude.elements) {
    const auto* name = std::get_if<std::string>(&element.column);
    std::string text = name != nullptr ? dialect.quote(*name)
                                       : std::get<schema::Sql>(element.column).text;
    for (const auto& [column, operator_class] : exclude.ops) {
      if (name != nullptr && column == *name) text += " " + operator_class;
    }
    texts.push_back(text + " WITH " + element.op);
  }
  return join(texts, ", ");
}

struct ConstraintText {
  const Dialect& dialect;

  std::string operator()(const schema::PrimaryKeyConstraint& key) const {
    return keyed("PRIMARY KEY", key);
  }
  std::string operator()(const schema::UniqueConstraint& key) const {
    return keyed(
        key.postgresql_nulls_not_distinct ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE",
        key);
  }
  std::string operator()(const schema::CheckConstraint& check) const {
    return dialects::check_text(dialect, check) +
           (check.postgresql_not_valid ? " NOT VALID" : "");
  }
  std::string operator()(const schema::ForeignKeyConstraint& key) const {
    const std::string referent =
        dialect.qualified(key.referent_schema, key.referent_table);
    return dialects::foreign_key_text(dialect, key, referent) +
           (key.postgresql_not_valid ? " NOT VALID" : "");
  }
  std::string operator()(const schema::ExcludeConstraint& exclude) const {
    if (exclude.elements.empty()) {
      throw UnitError("an exclude constraint needs at least one column");
    }
    const std::string by = exclude.using_.empty() ? "gist" : lower(exclude.using_);
    return dialects::constraint_preamble(dialect, exclude.name) + "EXCLUDE USING " +
           by + " (" + excluded_columns(dialect, exclude) + ")" +
           (exclude.where.empty() ? "" : " WHERE (" + exclude.where + ")") +
           dialects::deferral_text(exclude.deferral);
  }

 private:
  std::string keyed(const char* words, const auto& key) const {
    if (key.columns.empty()) {
      throw UnitError("a key needs at least one column");
    }
    return dialects::constraint_preamble(dialect, key.name) + words + " (" +
           dialects::name_list(dialect, key.columns) + ")" +
           include_text(dialect, key.postgresql_include) +
           dialects::deferral_text(key.deferral);
  }
};

std::string table_suffix(const Dialect& dialect, const schema::TableOptions& options) {
  std::string text;
  if (!options.postgresql_inherits.empty()) {
    text += "\n INHERITS (" +
            dialects::name_list(dialect, options.postgresql_inherits) + ")";
  }
  if (!options.postgresql_partition_by.empty()) {
    text += "\n PARTITION BY " + options.postgresql_partition_by;
  }
  if (!options.postgresql_using.empty()) text += "\n USING " + options.postgresql_using;
  if (!options.postgresql_on_commit.empty()) {
    text +=
        "\n ON COMMIT " + upper(replace_all(options.postgresql_on_commit, "_", " "));
  }
  if (!options.postgresql_tablespace.empty()) {
    text += "\n TABLESPACE " + dialect.quote(options.postgresql_tablespace);
  }
  return text;
}

}  // namespace

// A native Enum needs no CHECK.
std::optional<schema::CheckConstraint> type_check(const Dialect& dialect,
                                                  const Column& column) {
  const auto* type = std::get_if<schema::EnumType>(&column.type);
  if (type == nullptr || type->native) return std::nullopt;
  return dialects::enum_check(dialect, column);
}

std::string table_text(const Dialect& dialect, const operations::CreateTableOp& op) {
  std::vector<std::string> parts;
  for (const Column& column : op.table.columns) {
    parts.push_back(column_text(dialect, op.table, column) +
                    column_checks(dialect, column));
  }
  const auto constraints = dialects::constraints_of(
      op.table, [&](const Column& column) { return type_check(dialect, column); });
  for (const schema::Constraint& constraint : constraints) {
    const auto* key = std::get_if<schema::UniqueConstraint>(&constraint);
    if (key != nullptr && key->columns.empty()) continue;  // as SQLAlchemy
    parts.push_back(constraint_text(dialect, constraint));
  }
  return dialects::create_table_text(dialect, op, parts,
                                     table_suffix(dialect, op.table.options));
}

std::string added_column_text(const Dialect& dialect, const Column& column) {
  // Alone in a table, as Alembic renders it: a key's column becomes SERIAL.
  return column_text(dialect, schema::Table{.columns = {column}}, column);
}

std::string column_checks(const Dialect& dialect, const Column& column) {
  std::string text;
  for (const schema::CheckConstraint& check : column.checks) {
    text += " " + ConstraintText{dialect}(check);
  }
  return text;
}

std::string references_text(const Dialect& dialect,
                            const schema::ForeignKeyConstraint& key) {
  return " " + dialects::constraint_preamble(dialect, key.name) + "REFERENCES " +
         dialect.qualified(key.referent_schema, key.referent_table) + " (" +
         dialects::name_list(dialect, key.referent_columns) + ")" +
         dialects::references_suffix(key);
}

std::string constraint_text(const Dialect& dialect,
                            const schema::Constraint& constraint) {
  return std::visit(ConstraintText{dialect}, constraint);
}

std::string index_text(const Dialect& dialect, const schema::Index& index,
                       const std::string& table, const std::string& schema,
                       const char* if_not_exists) {
  std::string text = std::string("CREATE ") + (index.unique ? "UNIQUE " : "") +
                     "INDEX " + (index.postgresql_concurrently ? "CONCURRENTLY " : "") +
                     if_not_exists + dialects::index_name(dialect, index) + " ON " +
                     dialect.qualified(schema, table) + " ";
  if (!index.postgresql_using.empty()) {
    text += "USING " + lower(index.postgresql_using) + " ";
  }
  text += "(" + indexed_columns(dialect, index) + ")" +
          include_text(dialect, index.postgresql_include);
  if (index.postgresql_nulls_not_distinct) text += " NULLS NOT DISTINCT";
  text += with_list(index.postgresql_with);
  if (!index.postgresql_tablespace.empty()) {
    text += " TABLESPACE " + dialect.quote(index.postgresql_tablespace);
  }
  if (!index.postgresql_where.empty()) text += " WHERE " + index.postgresql_where;
  return text;
}

}  // namespace revise::postgresql
