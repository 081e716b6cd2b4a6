#include "engine/dialects/sqlite/create_table.hpp"

#include <utility>

#include "engine/core/text.hpp"

namespace revise::sqlite {

namespace {

bool is_rowid_type(const Piece& piece) {
  const auto type = piece.column()->type.of(piece.body);
  return is_same_name(name_of(type), "integer");
}

}  // namespace

std::string text_of(const CreateTable& table, std::string_view name) {
  std::string text = "CREATE TABLE " + std::string(name) + table.head;
  for (std::size_t i = 0; i < table.pieces.size(); ++i) {
    const Piece& piece = table.pieces[i];
    text += piece.leading + piece.body + piece.trailing;
    if (i + 1 < table.pieces.size() && piece.has_comma) text += "," + piece.after;
  }
  return text + table.tail;
}

const Piece* find_column(const CreateTable& table, std::string_view name) {
  for (const Piece& piece : table.pieces) {
    if (piece.column() != nullptr && is_same_name(piece.column()->name, name)) {
      return &piece;
    }
  }
  return nullptr;
}

Piece* find_column(CreateTable& table, std::string_view name) {
  return const_cast<Piece*>(find_column(std::as_const(table), name));
}

const Clause* find_clause(const ColumnDefinition& column, ClauseKind kind) {
  for (const Clause& clause : column.clauses) {
    if (clause.kind == kind) return &clause;
  }
  return nullptr;
}

std::vector<std::string> primary_key_of(const CreateTable& table) {
  std::vector<std::string> columns;
  for (const Piece& piece : table.pieces) {
    if (const ColumnDefinition* column = piece.column()) {
      if (find_clause(*column, ClauseKind::PrimaryKey) != nullptr) {
        return {column->name};
      }
    } else if (piece.constraint()->kind == ClauseKind::PrimaryKey) {
      for (const KeyColumn& key : piece.constraint()->columns) {
        columns.push_back(key.name);
      }
      return columns;
    }
  }
  return columns;
}

std::string rowid_alias_of(const CreateTable& table) {
  const auto key = primary_key_of(table);
  if (table.without_rowid || key.size() != 1) return {};
  const Piece* piece = find_column(table, key[0]);
  if (piece == nullptr || !is_rowid_type(*piece)) return {};
  const Clause* clause = find_clause(*piece->column(), ClauseKind::PrimaryKey);
  // A quirk that is kept for old files: DESC with the column makes it an ordinary one.
  if (clause != nullptr && clause->is_descending) return {};
  return piece->column()->name;
}

bool has_autoincrement(const CreateTable& table) {
  for (const Piece& piece : table.pieces) {
    if (piece.column() == nullptr) {
      if (!piece.constraint()->autoincrement.is_empty()) return true;
      continue;
    }
    for (const Clause& clause : piece.column()->clauses) {
      if (!clause.autoincrement.is_empty()) return true;
    }
  }
  return false;
}

bool is_generated(const ColumnDefinition& column) {
  return find_clause(column, ClauseKind::Generated) != nullptr;
}

}  // namespace revise::sqlite
