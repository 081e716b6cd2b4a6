#include "engine/dialects/sqlite/table_draft.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/create_table_parser.hpp"
#include "engine/dialects/sqlite/table_edit.hpp"

namespace revise::sqlite {

namespace {

bool has_name(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& other) {
    return is_same_name(other, name);
  });
}

bool has_column(const std::vector<KeyColumn>& columns, std::string_view name) {
  return std::any_of(columns.begin(), columns.end(), [&](const KeyColumn& column) {
    return is_same_name(column.name, name);
  });
}

// What SQL tells of a thing that may have no name.
std::string described(const char* kind, const std::string& name,
                      std::string_view text) {
  return std::string(kind) + " " + quoted(name.empty() ? text : std::string_view(name));
}

[[noreturn]] void refuse_drop(const TableDraft& draft, std::string_view column,
                              const std::string& what) {
  throw UnitError("column " + quoted(column) + " of table " + quoted(draft.table) +
                  " cannot be dropped: " + what +
                  " mentions it; drop or change that first, in the same batch");
}

void note_gone(const TableDraft& draft, std::string_view column,
               const std::string& what) {
  log::info("revise.dialects.sqlite", "with column " + quoted(column) + " of table " +
                                          quoted(draft.table) + " goes " + what);
}

enum class Mention { None, WithOthers, Alone };

// How an expression mentions `column` of the table.
Mention mention_of(const CreateTable& table, std::string_view expression,
                   std::string_view column) {
  const auto names = names_in(expression);
  if (!has_name(names, column)) return Mention::None;
  for (const std::string& name : names) {
    if (!is_same_name(name, column) && find_column(table, name) != nullptr) {
      return Mention::WithOthers;
    }
  }
  return Mention::Alone;
}

// Whether the constraint goes; the key may shrink instead.
bool goes_with(TableDraft& draft, Piece& piece, std::string_view column) {
  const Clause& clause = *piece.constraint();
  switch (clause.kind) {
    case ClauseKind::Check:
      switch (mention_of(draft.after, clause.expression.of(piece.body), column)) {
        case Mention::None:
          return false;
        case Mention::Alone:
          return true;
        case Mention::WithOthers:
          refuse_drop(draft, column,
                      described("CHECK constraint", clause.name, piece.body));
      }
      return false;
    case ClauseKind::PrimaryKey:
      if (!has_column(clause.columns, column)) return false;
      if (clause.columns.size() == 1) return true;
      shrink_key(piece, column);
      return false;
    case ClauseKind::Unique:
    case ClauseKind::References:
    case ClauseKind::Idle:
    case ClauseKind::NotNull:
    case ClauseKind::Null:
    case ClauseKind::Default:
    case ClauseKind::Collate:
    case ClauseKind::Generated:
      return has_column(clause.columns, column);
  }
  return false;
}

void check_other_column(const TableDraft& draft, const Piece& piece,
                        std::string_view column) {
  for (const Clause& clause : piece.column()->clauses) {
    const bool is_check = clause.kind == ClauseKind::Check;
    if (!is_check && clause.kind != ClauseKind::Generated) continue;
    const auto text = clause.expression.of(piece.body);
    if (mention_of(draft.after, text, column) == Mention::None) continue;
    refuse_drop(draft, column,
                is_check ? described("CHECK constraint", clause.name,
                                     clause.span.of(piece.body))
                         : described("generated column", piece.column()->name, {}));
  }
}

bool index_goes_with(const TableDraft& draft, const StoredObject& object,
                     std::string_view column) {
  const StoredIndex index = parse_index(object.sql);
  std::string expressions = index.where;
  for (const StoredElement& element : index.elements) {
    if (!element.column.empty() && is_same_name(element.column, column)) return true;
    expressions += " , " + element.expression;
  }
  switch (mention_of(draft.after, expressions, column)) {
    case Mention::None:
      return false;
    case Mention::Alone:
      return true;
    case Mention::WithOthers:
      refuse_drop(draft, column, described("index", object.name, {}));
  }
  return false;
}

void drop_constraints(TableDraft& draft, std::string_view column) {
  auto& pieces = draft.after.pieces;
  for (std::size_t i = pieces.size(); i-- > 0;) {
    if (pieces[i].column() != nullptr) {
      if (!is_same_name(pieces[i].column()->name, column)) {
        check_other_column(draft, pieces[i], column);
      }
      continue;
    }
    if (!goes_with(draft, pieces[i], column)) continue;
    note_gone(draft, column,
              described("constraint", pieces[i].constraint()->name, pieces[i].body));
    remove_piece(draft.after, i);
  }
}

void drop_indexes(TableDraft& draft, std::string_view column) {
  std::vector<StoredObject> kept;
  for (StoredObject& index : draft.indexes) {
    if (index_goes_with(draft, index, column)) {
      note_gone(draft, column, described("index", index.name, {}));
    } else {
      kept.push_back(std::move(index));
    }
  }
  draft.indexes = std::move(kept);
}

void check_triggers(const TableDraft& draft, std::string_view column) {
  for (const StoredObject& trigger : draft.triggers) {
    if (!trigger.is_on_table || !has_name(update_columns(trigger.sql), column))
      continue;
    refuse_drop(draft, column, described("trigger", trigger.name, {}));
  }
}

}  // namespace

TableDraft draft_of(const dialects::Dialect& dialect, std::string schema,
                    const CreateTable& stored, std::vector<StoredObject> indexes,
                    std::vector<StoredObject> triggers) {
  TableDraft draft{.schema = std::move(schema),
                   .table = stored.name,
                   .before = stored,
                   .after = stored,
                   .indexes = std::move(indexes),
                   .triggers = std::move(triggers)};
  draft.copies = copies_into(dialect, draft.after, draft.before);
  return draft;
}

std::vector<Copy> copies_into(const dialects::Dialect& dialect,
                              const CreateTable& table, const CreateTable& source) {
  std::vector<Copy> copies;
  for (const std::string& name : column_names(source)) {
    const Piece* piece = find_column(table, name);
    if (is_generated(*piece->column())) continue;
    copies.push_back({piece->column()->name, dialect.quote(name)});
  }
  return copies;
}

Piece& column_at(TableDraft& draft, std::string_view name) {
  if (Piece* piece = find_column(draft.after, name)) return *piece;
  throw UnitError("table " + quoted(draft.table) + " has no column " + quoted(name));
}

std::vector<ConstraintPlace> constraints_of(const CreateTable& table) {
  std::vector<ConstraintPlace> places;
  for (std::size_t i = 0; i < table.pieces.size(); ++i) {
    if (const Clause* constraint = table.pieces[i].constraint()) {
      places.push_back({i, constraint});
      continue;
    }
    for (const Clause& clause : table.pieces[i].column()->clauses) {
      const bool is_constraint =
          clause.kind == ClauseKind::PrimaryKey || clause.kind == ClauseKind::Unique ||
          clause.kind == ClauseKind::Check || clause.kind == ClauseKind::References;
      if (is_constraint || !clause.name.empty()) places.push_back({i, &clause});
    }
  }
  return places;
}

void drop_column(TableDraft& draft, std::string_view name) {
  const std::string column = column_at(draft, name).column()->name;
  if (column_names(draft.after).size() == 1) {
    throw UnitError("column " + quoted(column) + " is the only one of table " +
                    quoted(draft.table));
  }
  drop_constraints(draft, column);
  drop_indexes(draft, column);
  check_triggers(draft, column);
  for (std::size_t i = 0; i < draft.after.pieces.size(); ++i) {
    const ColumnDefinition* piece = draft.after.pieces[i].column();
    if (piece == nullptr || !is_same_name(piece->name, column)) continue;
    remove_piece(draft.after, i);
    break;
  }
  std::erase_if(draft.copies,
                [&](const Copy& copy) { return is_same_name(copy.column, column); });
}

void drop_primary_key(TableDraft& draft) {
  for (std::size_t i = 0; i < draft.after.pieces.size(); ++i) {
    Piece& piece = draft.after.pieces[i];
    if (piece.column() == nullptr) {
      if (piece.constraint()->kind != ClauseKind::PrimaryKey) continue;
      remove_piece(draft.after, i);
      return;
    }
    if (const Clause* key = find_clause(*piece.column(), ClauseKind::PrimaryKey)) {
      remove_clause(piece, *key);
      return;
    }
  }
}

}  // namespace revise::sqlite
