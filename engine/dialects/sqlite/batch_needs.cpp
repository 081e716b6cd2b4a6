#include "engine/dialects/sqlite/batch_needs.hpp"

#include <algorithm>

#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/lexer.hpp"
#include "engine/dialects/sqlite/table.hpp"

namespace revise::sqlite {

namespace {

// A number with or without its sign, or a string: what ADD COLUMN can give to the rows
// that there are.
bool is_literal(const std::string& sql) {
  const auto tokens = tokens_of(sql);
  if (tokens.empty() || tokens.size() > 2) return false;
  const auto text = tokens[0].span.of(sql);
  const bool has_sign = text == "-" || text == "+";
  const auto kind = tokens.back().kind;
  if (tokens.size() == 2) return has_sign && kind == TokenKind::Number;
  return kind == TokenKind::Number || kind == TokenKind::String;
}

bool is_constant(const std::optional<schema::ServerDefault>& server_default) {
  if (!server_default.has_value()) return true;
  const auto* sql = std::get_if<schema::Sql>(&*server_default);
  return sql == nullptr || is_literal(sql->text);
}

struct NeedsRebuild {
  const dialects::Dialect& dialect;

  // https://sqlite.org/lang_altertable.html#alter_table_add_column
  bool operator()(const operations::AddColumnOp& op) const {
    const schema::Column& column = op.column;
    const bool is_inline = op.inline_references && column.foreign_keys.size() == 1;
    const bool is_stored =
        column.computed.has_value() && column.computed->persisted == true;
    return op.if_not_exists || column.primary_key || is_stored ||
           (column.unique && !column.index) ||
           (!column.foreign_keys.empty() && !is_inline) ||
           type_check(dialect, column).has_value() ||
           !is_constant(column.server_default);
  }
  bool operator()(const operations::AlterColumnOp& op) const {
    return op.nullable.has_value() || op.type.has_value() ||
           op.server_default.has_value();
  }
  bool operator()(const operations::DropColumnOp&) const { return true; }
  bool operator()(const operations::AddConstraintOp&) const { return true; }
  bool operator()(const operations::DropConstraintOp&) const { return true; }
  bool operator()(const operations::CreateIndexOp&) const { return false; }
  bool operator()(const operations::DropIndexOp&) const { return false; }
  bool operator()(const operations::TableCommentOp&) const { return false; }
  bool operator()(const operations::ExecuteOp&) const { return false; }
};

}  // namespace

bool needs_rebuild(const dialects::Dialect& dialect, const dialects::Stage& stage) {
  if (stage.kind != dialects::Stage::Kind::Edit) return false;
  return std::any_of(stage.changes.begin(), stage.changes.end(),
                     [&](const operations::BatchChange& change) {
                       return std::visit(NeedsRebuild{dialect}, change.operation);
                     });
}

bool has_options(const schema::TableOptions& options) {
  return options.sqlite_autoincrement.has_value() ||
         options.sqlite_strict.has_value() || options.sqlite_with_rowid.has_value();
}

bool has_table_arguments(const operations::BatchAlterTableOp& batch) {
  return !batch.partial_reordering.empty() || !batch.table_args.constraints.empty() ||
         !batch.table_args.indexes.empty() || has_options(batch.table_kwargs);
}

}  // namespace revise::sqlite
