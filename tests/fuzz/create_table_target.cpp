#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/create_table_parser.hpp"
#include "engine/dialects/sqlite/stored_object.hpp"
#include "engine/dialects/sqlite/table_edit.hpp"
#include "tests/fuzz/targets.hpp"

namespace revise::fuzz {
namespace {

using namespace sqlite;

void demand(bool holds, const char* rule, std::string_view sql) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n%.*s\n", rule, static_cast<int>(sql.size()),
               sql.data());
  std::abort();
}

// What comes of the edits is text that is read as what was meant.
void check_edits(CreateTable table) {
  const auto names = column_names(table);
  for (const std::string& name : names) {
    Piece& column = *find_column(table, name);
    set_type(column, "INTEGER");
    set_default(column, "(1)");
    set_not_null(column, "");
    set_nullable(column);
    set_default(column, {});
  }
  insert_column(table, 0, "\"a new one\" INT");
  append_constraint(table, "CHECK (1)");
  const std::string edited = text_of(table, "t");
  const CreateTable again = parse_create_table(edited);
  demand(again.pieces.size() == table.pieces.size(), "as many pieces", edited);
  demand(column_names(again) == column_names(table), "the same columns", edited);
  for (const Piece& piece : again.pieces) {
    const ColumnDefinition* column = piece.column();
    if (column == nullptr) continue;
    demand(find_clause(*column, ClauseKind::NotNull) == nullptr, "nullable", edited);
    demand(find_clause(*column, ClauseKind::Default) == nullptr, "no default", edited);
  }
  while (table.pieces.size() > 1) remove_piece(table, table.pieces.size() / 2);
  parse_create_table(text_of(table, "t"));
}

// SQLite takes no others.
bool has_distinct_columns(const CreateTable& table) {
  std::set<std::string> seen;
  const auto names = column_names(table);
  for (const std::string& name : names) seen.insert(lower(name));
  return !names.empty() && seen.size() == names.size();
}

void check_table(std::string_view sql) {
  CreateTable table;
  try {
    table = parse_create_table(sql);
  } catch (const UnsupportedError&) {
    return;
  }
  // The head before the name is made anew.
  const std::string text = text_of(table, "x");
  const auto tail = std::string_view(text).substr(std::string("CREATE TABLE x").size());
  demand(sql.ends_with(tail), "the pieces add up", sql);
  for (const Piece& piece : table.pieces) {
    if (piece.column() == nullptr) continue;
    for (const Clause& clause : piece.column()->clauses) {
      names_in(clause.expression.of(piece.body));
    }
  }
  if (has_distinct_columns(table)) check_edits(std::move(table));
}

}  // namespace

void check_create_table(std::string_view sql) {
  check_table(sql);
  try {
    parse_index(sql);
    update_columns(sql);
    with_schema(sql, "s");
  } catch (const UnsupportedError&) {
    // Said, and that is all that is asked for.
  }
}

}  // namespace revise::fuzz
