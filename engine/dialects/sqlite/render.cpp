#include "engine/dialects/sqlite/render.hpp"

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/parameters.hpp"
#include "engine/dialects/sqlite/batch.hpp"
#include "engine/dialects/sqlite/objects.hpp"
#include "engine/dialects/sqlite/table.hpp"
#include "engine/dialects/standard_sql.hpp"
#include "engine/dialects/table_parts.hpp"

namespace revise::sqlite {

namespace {

using schema::Column;
using Texts = std::vector<std::string>;

// Alembic's own words (ddl/sqlite.py).
constexpr const char* kNoConstraints =
    "No support for ALTER of constraints in SQLite dialect. Please refer to the batch "
    "mode feature which allows for SQLite migrations using a copy-and-move strategy.";

void note_comments(const schema::Table& table) {
  bool has_comment = !table.comment.empty();
  for (const Column& column : table.columns) has_comment |= !column.comment.empty();
  if (has_comment) {
    log::info("revise.dialects.sqlite", "SQLite keeps no comments: those of table " +
                                            quoted(table.name) + " are left out");
  }
}

// No batch makes a column an identity or computed either.
void refuse_generated(const std::optional<schema::GeneratedDefault>& value) {
  if (!value.has_value()) return;
  if (std::holds_alternative<schema::Computed>(*value)) dialects::refuse_computed();
  if (!std::holds_alternative<schema::Identity>(*value)) return;
  // Alembic's own words.
  throw UnsupportedError(
      "Adding, removing or modifying an \"identity\" construct, e.g. GENERATED AS "
      "IDENTITY, to or from an existing column is not supported in this dialect.");
}

struct Render {
  const Dialect& dialect;

  Texts operator()(const operations::CreateTableOp& op) const {
    note_comments(op.table);
    Texts texts = {table_text(dialect, op)};
    for (const schema::Index& index : dialects::indexes_of(op.table)) {
      texts.push_back(index_text(dialect, index, op.table.name, op.table.schema));
    }
    return texts;
  }

  Texts operator()(const operations::DropTableOp& op) const {
    return {dialects::drop_table_text(dialect, op)};
  }

  Texts operator()(const operations::RenameTableOp& op) const {
    return {dialects::rename_table_text(dialect, op)};
  }

  // A constraint of its own would need ALTER TABLE ADD CONSTRAINT, which there is not;
  // with the column there may be REFERENCES and CHECK.
  // https://sqlite.org/lang_altertable.html#alter_table_add_column
  Texts operator()(const operations::AddColumnOp& op) const {
    const Column& column = op.column;
    if (op.if_not_exists) {
      throw UnsupportedError("SQLite has no ADD COLUMN IF NOT EXISTS");
    }
    const bool is_inline = op.inline_references && column.foreign_keys.size() == 1;
    if ((!column.foreign_keys.empty() && !is_inline) ||
        (column.unique && !column.index) || type_check(dialect, column).has_value()) {
      throw UnsupportedError(kNoConstraints);
    }
    std::string text = "ALTER TABLE " + dialect.qualified(op.schema, op.table) +
                       " ADD COLUMN " + column_head(dialect, column);
    if (op.inline_primary_key && column.primary_key) text += " PRIMARY KEY";
    text += computed_clause(column);
    if (is_inline) text += references_clause(dialect, column.foreign_keys[0]);
    Texts texts = {text + column_checks(dialect, column)};
    if (const auto index = dialects::index_of(column, op.table, op.schema)) {
      texts.push_back(index_text(dialect, *index, op.table, op.schema));
    }
    return texts;
  }

  // SQLite has this since 3.35, and refuses it for a column of a key, an index or a
  // constraint: batch mode does those.
  Texts operator()(const operations::DropColumnOp& op) const {
    if (op.if_exists) throw UnsupportedError("SQLite has no DROP COLUMN IF EXISTS");
    return {dialects::drop_column_text(dialect, op)};
  }

  Texts operator()(const operations::AlterColumnOp& op) const {
    if (op.server_default.has_value()) {
      refuse_generated(*op.server_default);
      refuse_generated(op.existing_server_default.value_or(std::nullopt));
    }
    if (op.nullable.has_value() || op.server_default.has_value() ||
        op.type.has_value()) {
      throw UnsupportedError(
          "SQLite cannot alter the type, the default or the nullability of column " +
          quoted(op.column) +
          "; please refer to the batch mode feature, which recreates the table");
    }
    if (op.new_column_name.empty()) return {};  // comments are not kept
    return {"ALTER TABLE " + dialect.qualified(op.schema, op.table) +
            " RENAME COLUMN " + dialect.quote(op.column) + " TO " +
            dialect.quote(op.new_column_name)};
  }

  Texts operator()(const operations::CreateIndexOp& op) const {
    return {index_text(dialect, op.index, op.table, op.schema,
                       op.if_not_exists ? "IF NOT EXISTS " : "")};
  }

  Texts operator()(const operations::DropIndexOp& op) const {
    return {std::string("DROP INDEX ") + (op.if_exists ? "IF EXISTS " : "") +
            dialect.qualified(op.schema, op.index)};
  }

  Texts operator()(const operations::AddConstraintOp&) const {
    throw UnsupportedError(kNoConstraints);
  }
  Texts operator()(const operations::DropConstraintOp&) const {
    throw UnsupportedError(kNoConstraints);
  }

  Texts operator()(const operations::ValidateConstraintOp&) const {
    throw UnsupportedError(
        "SQLite has no VALIDATE CONSTRAINT: it holds every row against a constraint "
        "from the start");
  }

  Texts operator()(const operations::TableCommentOp& op) const {
    log::info("revise.dialects.sqlite", "SQLite keeps no comments: that of table " +
                                            quoted(op.table) + " is left out");
    return {};
  }

  Texts operator()(const operations::ExecuteOp& op) const {
    return {dialects::bind_literals(dialect, op, kQuoting)};
  }
  Texts operator()(const operations::ObjectOp& op) const {
    return object_texts(dialect, op);
  }
  Texts operator()(const operations::BulkInsertOp& op) const {
    return dialects::insert_script(dialect, op);
  }
  Texts operator()(const operations::BatchAlterTableOp& op) const {
    return batch_script(dialect, op);
  }
};

}  // namespace

std::vector<std::string> render_script(const Dialect& dialect,
                                       const operations::Operation& operation) {
  return std::visit(Render{dialect}, operation);
}

}  // namespace revise::sqlite
