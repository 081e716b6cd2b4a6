#include "engine/dialects/sqlite/table_edit.hpp"

#include <algorithm>
#include <utility>

#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/create_table_parser.hpp"

namespace revise::sqlite {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool needs_no_space_behind(char c) { return is_blank(c) || c == '(' || c == ','; }
bool needs_no_space_before(char c) { return is_blank(c) || c == ')' || c == ','; }

// Words on both sides would grow together without a space.
void splice(Piece& piece, Span span, const std::string& text) {
  std::string& body = piece.body;
  std::string spaced = text;
  if (!text.empty()) {
    if (span.begin > 0 && !needs_no_space_behind(body[span.begin - 1]))
      spaced.insert(0, " ");
    if (span.end < body.size() && !needs_no_space_before(body[span.end])) spaced += ' ';
  }
  body.replace(span.begin, span.end - span.begin, spaced);
  piece.definition = parse_definition(body);
}

void insert(Piece& piece, std::size_t at, const std::string& text) {
  splice(piece, {at, at}, text);
}

// The white space before it goes too.
void cut(Piece& piece, const Span& text) {
  Span span = text;
  while (span.begin > 0 && is_blank(piece.body[span.begin - 1])) --span.begin;
  // The white space may have ended a comment.
  const std::string_view before(piece.body.data(), span.begin);
  const auto line = before.substr(before.rfind('\n') + 1);
  if (line.find("--") != line.npos) span.begin = text.begin;
  const bool grows_together = span.end < piece.body.size() && span.begin > 0 &&
                              is_name_character(piece.body[span.begin - 1]) &&
                              is_name_character(piece.body[span.end]);
  piece.body.replace(span.begin, span.end - span.begin, grows_together ? " " : "");
  piece.definition = parse_definition(piece.body);
}

// Where SQLAlchemy puts DEFAULT: behind the type and its collation.
std::size_t end_of_type(const ColumnDefinition& column) {
  std::size_t end = column.type.end;
  for (const Clause& clause : column.clauses) {
    if (clause.kind != ClauseKind::Collate || !clause.name.empty()) break;
    end = clause.span.end;
  }
  return end;
}

void remove_clauses(Piece& piece, ClauseKind kind) {
  while (const Clause* clause = find_clause(*piece.column(), kind)) {
    remove_clause(piece, *clause);
  }
}

bool is_blank_only(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_blank);
}

// How far the lines of the table are set in, as told by the white space before a piece.
std::string indent_like(const Piece& piece) {
  const bool tells = !piece.leading.empty() && is_blank_only(piece.leading);
  return tells ? piece.leading : " ";
}

// The piece's own comments stay with it.
void insert_before(std::vector<Piece>& pieces, std::size_t at, Piece piece) {
  piece.leading = indent_like(pieces[at]);
  if (at == 0 && pieces[0].leading.empty()) {
    pieces[0].leading = std::exchange(piece.leading, "");
  }
  if (at > 0) {
    pieces[at - 1].has_comma = true;
    if (!pieces[at - 1].after.empty()) piece.after = "\n";
  }
  pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(at), std::move(piece));
}

// The comma goes before a comment that ends the last line, which is about that line.
void append(std::vector<Piece>& pieces, Piece piece) {
  Piece& last = pieces.back();
  last.has_comma = true;
  piece.leading = indent_like(last);
  piece.trailing = std::exchange(last.trailing, {});
  if (!is_blank_only(piece.trailing)) {
    last.after = std::exchange(piece.trailing, "\n");
    while (is_blank(last.after.back())) last.after.pop_back();
    last.after += '\n';
    piece.leading.erase(0, piece.leading.rfind('\n') + 1);
  }
  pieces.push_back(std::move(piece));
}

void insert_piece(CreateTable& table, std::size_t at, std::string body) {
  Piece piece{.body = std::move(body)};
  piece.definition = parse_definition(piece.body);
  if (at < table.pieces.size()) {
    insert_before(table.pieces, at, std::move(piece));
  } else {
    append(table.pieces, std::move(piece));
  }
}

}  // namespace

void insert_column(CreateTable& table, std::size_t at, std::string body) {
  insert_piece(table, at, std::move(body));
}

void append_constraint(CreateTable& table, std::string body) {
  insert_piece(table, table.pieces.size(), std::move(body));
}

void remove_piece(CreateTable& table, std::size_t at) {
  const bool was_last = at + 1 == table.pieces.size();
  const std::string leading = table.pieces[at].leading;
  const std::string trailing = table.pieces[at].trailing;
  table.pieces.erase(table.pieces.begin() + static_cast<std::ptrdiff_t>(at));
  const bool is_first = at == 0 && !table.pieces.empty();
  if (is_first && is_blank_only(leading) && is_blank_only(table.pieces[0].leading)) {
    table.pieces[0].leading = leading;
  }
  if (!was_last || at == 0) return;
  Piece& last = table.pieces[at - 1];
  last.trailing += std::exchange(last.after, {});
  if (last.trailing.find('\n') != std::string::npos) return;
  if (trailing.find('\n') != std::string::npos) last.trailing += '\n';
}

std::vector<std::string> column_names(const CreateTable& table) {
  std::vector<std::string> names;
  for (const Piece& piece : table.pieces) {
    if (piece.column() != nullptr) names.push_back(piece.column()->name);
  }
  return names;
}

void reorder_columns(CreateTable& table, const std::vector<std::string>& names) {
  std::vector<Piece> columns;
  for (const std::string& name : names) columns.push_back(*find_column(table, name));
  // What lies around a column is the place's, so that lines stay lines.
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Piece& place = table.pieces[i];
    place.body = std::move(columns[i].body);
    place.definition = std::move(columns[i].definition);
  }
}

void set_type(Piece& column, const std::string& type) {
  if (lower(type).find(" collate ") != std::string::npos) {
    remove_clauses(column, ClauseKind::Collate);
  }
  splice(column, column.column()->type, type);
}

void set_default(Piece& column, const std::optional<std::string>& value) {
  remove_clauses(column, ClauseKind::Default);
  if (value.has_value()) {
    insert(column, end_of_type(*column.column()), "DEFAULT " + *value);
  }
}

void set_not_null(Piece& column, const std::string& conflict) {
  if (find_clause(*column.column(), ClauseKind::NotNull) != nullptr) return;
  remove_clauses(column, ClauseKind::Null);
  const Clause* standard = find_clause(*column.column(), ClauseKind::Default);
  insert(column,
         standard != nullptr ? standard->span.end : end_of_type(*column.column()),
         "NOT NULL" + conflict);
}

void set_nullable(Piece& column) { remove_clauses(column, ClauseKind::NotNull); }

void remove_clause(Piece& column, const Clause& clause) { cut(column, clause.span); }

void name_clause(Piece& piece, const Clause& clause, std::string_view name) {
  insert(piece, clause.span.begin, "CONSTRAINT " + std::string(name));
}

void shrink_key(Piece& constraint, std::string_view column) {
  const Clause& clause = *constraint.constraint();
  std::vector<std::string> kept;
  for (const KeyColumn& key : clause.columns) {
    if (is_same_name(key.name, column)) continue;
    kept.emplace_back(key.span.of(constraint.body));
  }
  const std::size_t begin = clause.columns.front().span.begin;
  const std::size_t end = clause.columns.back().span.end;
  constraint.body.replace(begin, end - begin, join(kept, ", "));
  constraint.definition = parse_definition(constraint.body);
}

bool set_autoincrement(CreateTable& table) {
  if (has_autoincrement(table)) return true;
  const std::string alias = rowid_alias_of(table);
  if (alias.empty()) return false;
  Piece& column = *find_column(table, alias);
  const Clause* own = find_clause(*column.column(), ClauseKind::PrimaryKey);
  if (own != nullptr) {
    insert(column, own->span.end, "AUTOINCREMENT");
    return true;
  }
  for (Piece& piece : table.pieces) {
    if (piece.column() != nullptr) continue;
    const Clause& key = *piece.constraint();
    if (key.kind != ClauseKind::PrimaryKey) continue;
    insert(piece, key.columns[0].span.end, "AUTOINCREMENT");
    return true;
  }
  return false;
}

void drop_autoincrement(CreateTable& table) {
  for (Piece& piece : table.pieces) {
    const Clause* key = piece.column() == nullptr
                            ? piece.constraint()
                            : find_clause(*piece.column(), ClauseKind::PrimaryKey);
    if (key != nullptr && !key->autoincrement.is_empty())
      cut(piece, key->autoincrement);
  }
}

void set_options(CreateTable& table, std::optional<bool> with_rowid,
                 std::optional<bool> is_strict) {
  const bool without = with_rowid.has_value() ? !*with_rowid : table.without_rowid;
  const bool strict = is_strict.value_or(table.is_strict);
  if (without == table.without_rowid && strict == table.is_strict) return;
  table.without_rowid = without;
  table.is_strict = strict;
  std::vector<std::string> words;
  if (without) words.emplace_back("WITHOUT ROWID");
  if (strict) words.emplace_back("STRICT");
  table.tail = ")" + (words.empty() ? std::string() : " " + join(words, ", "));
}

}  // namespace revise::sqlite
