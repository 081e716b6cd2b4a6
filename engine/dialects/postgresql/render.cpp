#include "engine/dialects/postgresql/render.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/batch_plan.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/parameters.hpp"
#include "engine/dialects/postgresql/alter_column.hpp"
#include "engine/dialects/postgresql/named_types.hpp"
#include "engine/dialects/postgresql/objects.hpp"
#include "engine/dialects/postgresql/table.hpp"
#include "engine/dialects/postgresql/types.hpp"
#include "engine/dialects/standard_sql.hpp"
#include "engine/dialects/table_parts.hpp"

namespace revise::postgresql {

namespace {

using dialects::single_quoted;
using schema::Column;
using Texts = std::vector<std::string>;

struct Render {
  const Dialect& dialect;

  // In Alembic's order: types, the table, its indexes, comments.
  Texts operator()(const operations::CreateTableOp& op) const {
    const schema::Table& table = op.table;
    Texts texts = types_made_with(dialect, table.columns);
    texts.push_back(table_text(dialect, op));
    for (const schema::Index& index : dialects::indexes_of(table)) {
      texts.push_back(index_text(dialect, index, table.name, table.schema));
    }
    const std::string name = dialect.qualified(table.schema, table.name);
    if (!table.comment.empty()) {
      texts.push_back("COMMENT ON TABLE " + name + " IS " +
                      single_quoted(table.comment));
    }
    for (const Column& column : table.columns) {
      if (!column.comment.empty()) {
        texts.push_back(column_comment(name, column.name, column.comment));
      }
    }
    return texts;
  }

  Texts operator()(const operations::DropTableOp& op) const {
    return {dialects::drop_table_text(dialect, op)};
  }
  Texts operator()(const operations::RenameTableOp& op) const {
    return {dialects::rename_table_text(dialect, op)};
  }

  Texts operator()(const operations::AddColumnOp& op) const {
    const Column& column = op.column;
    const std::string name = dialect.qualified(op.schema, op.table);
    const bool is_inline = op.inline_references && column.foreign_keys.size() == 1;
    std::string text = "ALTER TABLE " + name + " ADD COLUMN " +
                       (op.if_not_exists ? "IF NOT EXISTS " : "") +
                       added_column_text(dialect, column);
    if (op.inline_primary_key && column.primary_key) text += " PRIMARY KEY";
    if (is_inline) text += references_text(dialect, column.foreign_keys[0]);
    Texts texts = types_ensured_for(dialect, {column});
    texts.push_back(text + column_checks(dialect, column));
    if (column.unique && !column.index) {
      texts.push_back(added(name, schema::UniqueConstraint{
                                      .name = column.unique_name,
                                      .columns = {column.name},
                                  }));
    }
    if (const auto check = dialects::enum_check(dialect, column)) {
      if (!std::get<schema::EnumType>(column.type).native) {
        texts.push_back(added(name, *check));
      }
    }
    if (!is_inline) {
      for (const auto& key : column.foreign_keys) texts.push_back(added(name, key));
    }
    if (const auto index = dialects::index_of(column, op.table, op.schema)) {
      texts.push_back(index_text(dialect, *index, op.table, op.schema));
    }
    if (!column.comment.empty()) {
      texts.push_back(column_comment(name, column.name, column.comment));
    }
    return texts;
  }

  Texts operator()(const operations::DropColumnOp& op) const {
    return {dialects::drop_column_text(dialect, op)};
  }

  Texts operator()(const operations::AlterColumnOp& op) const {
    return alter_column_texts(dialect, op);
  }

  Texts operator()(const operations::CreateIndexOp& op) const {
    return {index_text(dialect, op.index, op.table, op.schema,
                       op.if_not_exists ? "IF NOT EXISTS " : "")};
  }
  Texts operator()(const operations::DropIndexOp& op) const {
    return {std::string("DROP INDEX ") +
            (op.postgresql_concurrently ? "CONCURRENTLY " : "") +
            (op.if_exists ? "IF EXISTS " : "") +
            dialect.qualified(op.schema, op.index)};
  }
  Texts operator()(const operations::AddConstraintOp& op) const {
    return {added(dialect.qualified(op.schema, op.table), op.constraint)};
  }
  Texts operator()(const operations::DropConstraintOp& op) const {
    return {"ALTER TABLE " + dialect.qualified(op.schema, op.table) +
            " DROP CONSTRAINT " + (op.if_exists ? "IF EXISTS " : "") +
            dialect.quote(op.constraint)};
  }
  Texts operator()(const operations::ValidateConstraintOp& op) const {
    return {"ALTER TABLE " + dialect.qualified(op.schema, op.table) +
            " VALIDATE CONSTRAINT " + dialect.quote(op.constraint)};
  }
  Texts operator()(const operations::TableCommentOp& op) const {
    return {"COMMENT ON TABLE " + dialect.qualified(op.schema, op.table) + " IS " +
            (op.comment.has_value() ? single_quoted(*op.comment) : "NULL")};
  }
  Texts operator()(const operations::ExecuteOp& op) const {
    return {dialects::bind_literals(dialect, op, kQuoting)};
  }
  Texts operator()(const operations::ObjectOp& op) const {
    return object_texts(dialect, op.change);
  }
  Texts operator()(const operations::BulkInsertOp& op) const {
    return dialects::insert_script(dialect, op);
  }
  Texts operator()(const operations::BatchAlterTableOp& op) const {
    if (op.recreate == operations::Recreate::Always) {
      throw UnsupportedError(
          "table " + quoted(op.table) +
          " is recreated from what the database says of it, and a script has none to "
          "ask; leave 'recreate' to \"auto\", which alters the table in place, or run "
          "the revision on the database");
    }
    Texts texts;
    for (const auto& operation : dialects::plain_operations(op)) {
      for (auto& text : std::visit(*this, operation)) texts.push_back(std::move(text));
    }
    return texts;
  }

 private:
  std::string added(const std::string& table,
                    const schema::Constraint& constraint) const {
    return "ALTER TABLE " + table + " ADD " + constraint_text(dialect, constraint);
  }
  std::string column_comment(const std::string& table, const std::string& column,
                             const std::optional<std::string>& comment) const {
    return column_comment_text(dialect, table, column, comment);
  }
};

}  // namespace

std::vector<std::string> render_script(const Dialect& dialect,
                                       const operations::Operation& operation) {
  return std::visit(Render{dialect}, operation);
}

}  // namespace revise::postgresql
