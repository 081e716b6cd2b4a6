#include "engine/dialects/postgresql/alter_column.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/postgresql/identity.hpp"
#include "engine/dialects/postgresql/table.hpp"
#include "engine/dialects/postgresql/types.hpp"
#include "engine/dialects/standard_sql.hpp"

namespace revise::postgresql {

namespace {

using schema::GeneratedDefault;
using Default = std::optional<GeneratedDefault>;
using Texts = std::vector<std::string>;

template <typename T>
const T* find(const Default& value) {
  return value.has_value() ? std::get_if<T>(&*value) : nullptr;
}

std::string plain_default(const GeneratedDefault& value) {
  if (const auto* literal = std::get_if<schema::Literal>(&value)) {
    return dialects::default_text(*literal);
  }
  return dialects::default_text(std::get<schema::Sql>(value));
}

// What stands behind ALTER COLUMN, one statement each.
Texts default_changes(const Default& existing, const Default& wanted) {
  if (find<schema::Computed>(existing) != nullptr ||
      find<schema::Computed>(wanted) != nullptr) {
    dialects::refuse_computed();
  }
  const auto* from = find<schema::Identity>(existing);
  const auto* to = find<schema::Identity>(wanted);
  if (from != nullptr && to != nullptr) {
    const std::string changes = identity_changes(*from, *to);
    return changes.empty() ? Texts() : Texts{changes};
  }
  Texts texts;
  if (from != nullptr) texts.emplace_back("DROP IDENTITY");
  if (to != nullptr) {
    // PostgreSQL gives no identity to a column that has a default.
    if (existing.has_value()) texts.emplace_back("DROP DEFAULT");
    texts.push_back("ADD GENERATED " + identity_clause(*to));
  } else if (wanted.has_value()) {
    texts.push_back("SET DEFAULT " + plain_default(*wanted));
  } else if (from == nullptr) {
    texts.emplace_back("DROP DEFAULT");
  }
  return texts;
}

std::optional<schema::CheckConstraint> check_of(const dialects::Dialect& dialect,
                                                const std::string& column,
                                                const std::optional<schema::Type>& type,
                                                const std::string& name) {
  if (!type.has_value()) return std::nullopt;
  return type_check(dialect, {.name = column, .type = *type, .type_check_name = name});
}

std::string using_text(const dialects::Dialect& dialect,
                       const operations::AlterColumnOp& op, const std::string& type) {
  if (!op.postgresql_using.empty()) return " USING " + op.postgresql_using;
  if (!op.postgresql_cast) return {};
  return " USING CAST(" + dialect.quote(op.column) + " AS " + type + ")";
}

}  // namespace

std::vector<std::string> alter_column_texts(const dialects::Dialect& dialect,
                                            const operations::AlterColumnOp& op) {
  const std::string table = dialect.qualified(op.schema, op.table);
  const std::string alter =
      "ALTER TABLE " + table + " ALTER COLUMN " + dialect.quote(op.column) + " ";
  Texts texts;
  if (op.type.has_value()) {
    const auto gone =
        check_of(dialect, op.column, op.existing_type, op.existing_type_check_name);
    if (gone.has_value()) {
      if (gone->name.empty()) {
        throw UnitError("the check of column " + quoted(op.column) +
                        "'s existing type has no name to drop it by");
      }
      texts.push_back("ALTER TABLE " + table + " DROP CONSTRAINT " +
                      dialect.quote(gone->name));
    }
    const std::string type = type_name(dialect, *op.type);
    texts.push_back(alter + "TYPE " + type + using_text(dialect, op, type));
  }
  if (op.nullable.has_value()) {
    texts.push_back(alter + (*op.nullable ? "DROP" : "SET") + " NOT NULL");
  }
  if (op.server_default.has_value()) {
    const Default existing = op.existing_server_default.value_or(std::nullopt);
    for (const auto& change : default_changes(existing, *op.server_default)) {
      texts.push_back(alter + change);
    }
  }
  if (op.comment.has_value()) {
    texts.push_back(column_comment_text(dialect, table, op.column, *op.comment));
  }
  std::string name = op.column;
  if (!op.new_column_name.empty()) {
    name = op.new_column_name;
    texts.push_back("ALTER TABLE " + table + " RENAME " + dialect.quote(op.column) +
                    " TO " + dialect.quote(name));
  }
  if (const auto check = check_of(dialect, name, op.type, op.type_check_name)) {
    texts.push_back("ALTER TABLE " + table + " ADD " +
                    constraint_text(dialect, *check));
  }
  return texts;
}

std::string column_comment_text(const dialects::Dialect& dialect,
                                const std::string& table, const std::string& column,
                                const std::optional<std::string>& comment) {
  return "COMMENT ON COLUMN " + table + "." + dialect.quote(column) + " IS " +
         (comment.has_value() ? dialects::single_quoted(*comment) : "NULL");
}

}  // namespace revise::postgresql
