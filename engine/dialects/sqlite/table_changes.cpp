#include "engine/dialects/sqlite/table_changes.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/batch_plan.hpp"
#include "engine/dialects/sqlite/affinity.hpp"
#include "engine/dialects/sqlite/column_order.hpp"
#include "engine/dialects/sqlite/constraint_names.hpp"
#include "engine/dialects/sqlite/create_table_parser.hpp"
#include "engine/dialects/sqlite/table.hpp"
#include "engine/dialects/sqlite/table_edit.hpp"
#include "engine/dialects/sqlite/types.hpp"
#include "engine/dialects/standard_sql.hpp"
#include "engine/dialects/table_parts.hpp"

namespace revise::sqlite {

namespace {

using dialects::Dialect;

std::string without_space(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') kept += c;
  }
  return lower(kept);
}

struct DefaultText {
  std::string operator()(const schema::Literal& literal) const {
    return default_value(literal);
  }
  std::string operator()(const schema::Sql& sql) const { return default_value(sql); }
  std::string operator()(const schema::Computed&) const { dialects::refuse_computed(); }
  std::string operator()(const schema::Identity&) const {
    throw UnsupportedError(
        "SQLite has no identity columns; an INTEGER PRIMARY KEY counts up by itself");
  }
};

std::optional<std::string> default_of(
    const std::optional<schema::GeneratedDefault>& set) {
  if (!set.has_value()) return std::nullopt;
  return std::visit(DefaultText{}, *set);
}

void remove_constraint(CreateTable& table, const ConstraintPlace& place) {
  Piece& piece = table.pieces[place.piece];
  if (piece.column() != nullptr) {
    remove_clause(piece, *place.clause);
  } else {
    remove_piece(table, place.piece);
  }
}

struct NameOf {
  const std::string& operator()(const auto& constraint) const {
    return constraint.name;
  }
};

class Changes {
 public:
  Changes(const Dialect& dialect, TableDraft& draft)
      : dialect_(dialect), draft_(draft) {}

  void add_column(const operations::AddColumnOp& op, const std::string& before,
                  const std::string& after);
  void alter_column(const operations::AlterColumnOp& op);
  void add_constraint(schema::Constraint constraint);
  void add_index(schema::Index index, const char* if_not_exists);
  void drop_index(const operations::DropIndexOp& op);
  void drop_constraint(const operations::DropConstraintOp& op);
  void override_column(const schema::Column& column);

 private:
  std::string column_text(const operations::AddColumnOp& op) const;
  void add_to_primary_key(const std::string& column);
  void forbid_null(const schema::PrimaryKeyConstraint& key);
  void change_type(Piece& piece, const operations::AlterColumnOp& op);
  void drop_type_check(const schema::Column& column);
  void add_type_check(const schema::Column& column);
  bool has_index(const std::string& name) const;

  const Dialect& dialect_;
  TableDraft& draft_;
};

// As create_table() has it; a primary key is written with the column only where asked.
std::string Changes::column_text(const operations::AddColumnOp& op) const {
  const schema::Column& column = op.column;
  std::string text = column_head(dialect_, column);
  if (op.inline_primary_key && column.primary_key) text += " PRIMARY KEY";
  text += computed_clause(column) + column_checks(dialect_, column);
  if (op.inline_references && column.foreign_keys.size() == 1) {
    text += references_clause(dialect_, column.foreign_keys[0]);
  }
  return text;
}

void Changes::add_to_primary_key(const std::string& column) {
  if (has_autoincrement(draft_.after)) {
    throw UnsupportedError(
        "SQLite does not support autoincrement for composite primary keys");
  }
  schema::PrimaryKeyConstraint key{.columns = primary_key_of(draft_.after)};
  key.columns.push_back(column);
  add_constraint(key);
}

// SQLite takes NULL in a primary key, and as often as it comes.
void Changes::forbid_null(const schema::PrimaryKeyConstraint& key) {
  for (const std::string& column : draft_.undecided) {
    const bool is_of_key =
        std::any_of(key.columns.begin(), key.columns.end(),
                    [&](const auto& name) { return is_same_name(name, column); });
    if (is_of_key) set_not_null(column_at(draft_, column), "");
  }
}

void Changes::add_column(const operations::AddColumnOp& op, const std::string& before,
                         const std::string& after) {
  const schema::Column& column = op.column;
  if (find_column(draft_.after, column.name) != nullptr) {
    if (op.if_not_exists) return;
    throw UnitError("table " + quoted(draft_.table) + " has a column " +
                    quoted(column.name) + " already");
  }
  insert_column(draft_.after, place_of(draft_, column.name, before, after),
                column_text(op));
  if (!column.nullable_is_told) draft_.undecided.push_back(column.name);
  if (column.primary_key && !op.inline_primary_key) add_to_primary_key(column.name);
  if (column.unique && !column.index) {
    add_constraint(schema::UniqueConstraint{
        .name = column.unique_name,
        .columns = {column.name},
        .sqlite_on_conflict = column.sqlite_on_conflict_unique});
  }
  add_type_check(column);
  const bool is_inline = op.inline_references && column.foreign_keys.size() == 1;
  if (!is_inline) {
    for (const auto& key : column.foreign_keys) add_constraint(key);
  }
  if (auto index = dialects::index_of(column, draft_.table, op.schema)) {
    add_index(std::move(*index), "");
  }
}

void Changes::add_type_check(const schema::Column& column) {
  if (auto check = type_check(dialect_, column)) add_constraint(std::move(*check));
}

// By its name, or by what it says.
void Changes::drop_type_check(const schema::Column& column) {
  const auto check = type_check(dialect_, column);
  if (!check.has_value()) return;
  const auto places = constraints_of(draft_.after);
  for (const ConstraintPlace& place : places) {
    const Piece& piece = draft_.after.pieces[place.piece];
    if (place.clause->kind != ClauseKind::Check) continue;
    const auto text = place.clause->expression.of(piece.body);
    const bool is_it = check->name.empty()
                           ? without_space(text) == without_space(check->sqltext)
                           : is_same_name(place.clause->name, check->name);
    if (!is_it) continue;
    remove_constraint(draft_.after, place);
    return;
  }
}

void Changes::change_type(Piece& piece, const operations::AlterColumnOp& op) {
  const std::string before(piece.column()->type.of(piece.body));
  const std::string after = type_name(*op.type);
  const std::string cast_to = after.substr(0, lower(after).find(" collate "));
  for (Copy& copy : draft_.copies) {
    if (!is_same_name(copy.column, op.column) || !needs_cast(before, after)) continue;
    copy.expression = "CAST(" + copy.expression + " AS " + cast_to + ")";
    copy.cast = cast_to;
  }
  set_type(piece, after);
}

void Changes::alter_column(const operations::AlterColumnOp& op) {
  column_at(draft_, op.column);
  if (op.type.has_value() && op.existing_type.has_value()) {
    drop_type_check({.name = op.column,
                     .type = *op.existing_type,
                     .type_check_name = op.existing_type_check_name});
  }
  Piece& piece = column_at(draft_, op.column);
  if (op.type.has_value()) change_type(piece, op);
  if (op.server_default.has_value()) set_default(piece, default_of(*op.server_default));
  if (op.nullable.has_value()) {
    *op.nullable ? set_nullable(piece) : set_not_null(piece);
  }
  if (op.type.has_value()) {
    add_type_check(
        {.name = op.column, .type = *op.type, .type_check_name = op.type_check_name});
  }
}

// A key of the batch's own table leads to its own schema; one to another is refused,
// for it would be left out without a word.
void Changes::add_constraint(schema::Constraint constraint) {
  if (auto* key = std::get_if<schema::ForeignKeyConstraint>(&constraint)) {
    if (!key->referent_schema.empty() &&
        !is_same_name(key->referent_schema, draft_.schema)) {
      throw UnsupportedError("the foreign key to " + quoted(key->referent_table) +
                             " leads to another schema, which SQLite does not have");
    }
    key->referent_schema.clear();
  }
  if (const auto* key = std::get_if<schema::PrimaryKeyConstraint>(&constraint)) {
    drop_primary_key(draft_);
    forbid_null(*key);
  }
  const auto text = constraint_text(dialect_, {.name = draft_.table}, constraint);
  if (text.has_value()) append_constraint(draft_.after, *text);
}

bool Changes::has_index(const std::string& name) const {
  return std::any_of(
      draft_.indexes.begin(), draft_.indexes.end(),
      [&](const StoredObject& index) { return is_same_name(index.name, name); });
}

void Changes::add_index(schema::Index index, const char* if_not_exists) {
  if (has_index(index.name)) {
    if (*if_not_exists != '\0') return;
    throw UnitError("there is an index " + quoted(index.name) + " already");
  }
  draft_.indexes.push_back(
      {.schema = draft_.schema,
       .name = index.name,
       .sql = index_text(dialect_, index, draft_.table, "", if_not_exists)});
}

void Changes::drop_index(const operations::DropIndexOp& op) {
  if (!has_index(op.index)) {
    if (op.if_exists) return;
    // Alembic's own words.
    throw UnitError("No such index: '" + op.index + "'");
  }
  std::erase_if(draft_.indexes, [&](const StoredObject& index) {
    return is_same_name(index.name, op.index);
  });
}

bool is_of_type(const Clause& clause, const std::string& type) {
  switch (clause.kind) {
    case ClauseKind::PrimaryKey:
      return type.empty() || type == "primary";
    case ClauseKind::Unique:
      return type.empty() || type == "unique";
    case ClauseKind::Check:
      return type.empty() || type == "check";
    case ClauseKind::References:
      return type.empty() || type == "foreignkey";
    case ClauseKind::NotNull:
    case ClauseKind::Null:
    case ClauseKind::Default:
    case ClauseKind::Collate:
    case ClauseKind::Generated:
    case ClauseKind::Idle:
      return false;
  }
  return false;
}

// A constraint without its name.
std::string described(const CreateTable& table, const ConstraintPlace& place) {
  const Piece& piece = table.pieces[place.piece];
  const Span text{place.clause->after_name, place.clause->span.end};
  const std::string what = quoted(text.of(piece.body));
  const ColumnDefinition* column = piece.column();
  return column == nullptr ? what : what + " of column " + quoted(column->name);
}

// A convention can give one name to several.
void Changes::drop_constraint(const operations::DropConstraintOp& op) {
  auto places = constraints_of(draft_.after);
  std::erase_if(places, [&](const ConstraintPlace& place) {
    return !is_same_name(place.clause->name, op.constraint) ||
           !is_of_type(*place.clause, op.type);
  });
  if (places.size() > 1) {
    throw UnitError("table " + quoted(draft_.table) + " has two constraints " +
                    quoted(op.constraint) + ": " + described(draft_.after, places[0]) +
                    " and " + described(draft_.after, places[1]) +
                    "; a 'naming_convention' or a 'type_' must tell them apart");
  }
  if (!places.empty()) {
    remove_constraint(draft_.after, places[0]);
  } else if (!op.if_exists) {
    // Alembic's own words.
    throw UnitError("No such constraint: '" + op.constraint + "'");
  }
}

void Changes::override_column(const schema::Column& column) {
  Piece& piece = column_at(draft_, column.name);
  set_type(piece, type_name(column.type));
  const auto& standard = column.server_default;
  set_default(piece, standard.has_value() ? std::optional(default_value(*standard))
                                          : std::optional<std::string>());
  const std::string& conflict = column.sqlite_on_conflict_not_null;
  if (column.nullable || !conflict.empty()) set_nullable(piece);
  if (!column.nullable) set_not_null(piece, conflict_text(conflict));
}

struct Apply {
  const Dialect& dialect;
  TableDraft& draft;
  const operations::BatchChange& change;

  void operator()(const operations::AddColumnOp& op) const {
    Changes(dialect, draft).add_column(op, change.insert_before, change.insert_after);
  }
  void operator()(const operations::DropColumnOp& op) const {
    if (op.if_exists && find_column(draft.after, op.column) == nullptr) return;
    drop_column(draft, op.column);
  }
  void operator()(const operations::AlterColumnOp& op) const {
    Changes(dialect, draft).alter_column(op);
    move_column(draft, op.column, change.insert_before, change.insert_after);
  }
  void operator()(const operations::CreateIndexOp& op) const {
    Changes(dialect, draft)
        .add_index(op.index, op.if_not_exists ? "IF NOT EXISTS " : "");
  }
  void operator()(const operations::DropIndexOp& op) const {
    Changes(dialect, draft).drop_index(op);
  }
  void operator()(const operations::AddConstraintOp& op) const {
    // Alembic's own words.
    if (std::visit(NameOf{}, op.constraint).empty()) {
      throw UnitError("Constraint must have a name");
    }
    Changes(dialect, draft).add_constraint(op.constraint);
  }
  void operator()(const operations::DropConstraintOp& op) const {
    Changes(dialect, draft).drop_constraint(op);
  }
  void operator()(const operations::TableCommentOp& op) const {
    log::info("revise.dialects.sqlite", "SQLite keeps no comments: that of table " +
                                            quoted(op.table) + " is left out");
  }
  // These part a batch's changes, and do not come here.
  void operator()(const operations::ExecuteOp&) const {}
};

// What table_args were for in Alembic, which loses checks without a name, is there.
bool has_check(const TableDraft& draft, const schema::Constraint& constraint) {
  const auto* check = std::get_if<schema::CheckConstraint>(&constraint);
  if (check == nullptr) return false;
  const auto places = constraints_of(draft.after);
  return std::any_of(places.begin(), places.end(), [&](const ConstraintPlace& place) {
    const Piece& piece = draft.after.pieces[place.piece];
    return place.clause->kind == ClauseKind::Check &&
           is_same_name(place.clause->name, check->name) &&
           without_space(place.clause->expression.of(piece.body)) ==
               without_space(check->sqltext);
  });
}

}  // namespace

void apply_change(const Dialect& dialect, TableDraft& draft,
                  const operations::BatchChange& change) {
  std::visit(Apply{dialect, draft, change}, change.operation);
}

void apply_overrides(const Dialect& dialect, TableDraft& draft,
                     const operations::BatchAlterTableOp& batch) {
  for (const auto& column : batch.reflect_args) {
    Changes(dialect, draft).override_column(column);
  }
  name_constraints(dialect, draft, batch.naming_convention);
}

void apply_arguments(const Dialect& dialect, TableDraft& draft,
                     const operations::BatchAlterTableOp& batch) {
  Changes changes(dialect, draft);
  for (const auto& constraint : batch.table_args.constraints) {
    if (!has_check(draft, constraint)) changes.add_constraint(constraint);
  }
  for (const auto& index : batch.table_args.indexes) changes.add_index(index, "");
  const auto& options = batch.table_kwargs;
  set_options(draft.after, options.sqlite_with_rowid, options.sqlite_strict);
  if (options.sqlite_autoincrement == false) drop_autoincrement(draft.after);
  if (options.sqlite_autoincrement == true && !set_autoincrement(draft.after)) {
    throw UnsupportedError("table " + quoted(draft.table) +
                           " has no INTEGER PRIMARY KEY that could count up");
  }
  reorder(draft, dialects::final_order(batch, dialects::NameCase::Folded));
}

}  // namespace revise::sqlite
