#include "engine/dialects/sqlite/create_table_parser.hpp"

#include <algorithm>
#include <array>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::sqlite {

namespace {

constexpr std::array<std::string_view, 11> kEndOfType = {
    "as",  "check", "collate", "constraint", "default", "deferrable",
    "not", "null",  "primary", "references", "unique"};

class Parser {
 public:
  explicit Parser(std::string_view sql) : sql_(sql), tokens_(tokens_of(sql)) {}

  CreateTable create_table();
  Definition whole_definition();

 private:
  // Tokens
  bool is_at_end() const { return at_ == tokens_.size(); }
  std::string_view text(std::size_t token) const {
    return token < tokens_.size() ? tokens_[token].span.of(sql_) : std::string_view();
  }
  bool is_word(std::size_t token, std::string_view word) const {
    return token < tokens_.size() && tokens_[token].kind == TokenKind::Word &&
           lower(text(token)) == word;
  }
  bool sees(std::string_view word) const { return is_word(at_, word); }
  bool sees_symbol(char symbol) const {
    return text(at_) == std::string_view(&symbol, 1);
  }
  bool sees_name() const {
    return !is_at_end() && tokens_[at_].kind != TokenKind::Symbol &&
           tokens_[at_].kind != TokenKind::Number;
  }
  bool take(std::string_view word) {
    if (!sees(word)) return false;
    ++at_;
    return true;
  }
  bool take_symbol(char symbol) {
    if (!sees_symbol(symbol)) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view word) {
    if (!take(word)) refuse();
  }
  void expect_symbol(char symbol) {
    if (!take_symbol(symbol)) refuse();
  }
  std::string name() {
    if (!sees_name()) refuse();
    return name_of(text(at_++));
  }
  void one_token() {
    if (is_at_end() || sees_symbol(')') || sees_symbol(',')) refuse();
    ++at_;
  }
  std::size_t begin_of_next() const {
    return is_at_end() ? sql_.size() : tokens_[at_].span.begin;
  }
  std::size_t end_of_last() const { return at_ == 0 ? 0 : tokens_[at_ - 1].span.end; }
  [[noreturn]] void refuse() const;

  // Parts of definitions
  Span parenthesized();
  std::vector<KeyColumn> key_columns(Clause& clause);
  Definition definition();
  bool begins_constraint() const;
  ColumnDefinition column();
  Span type();
  bool clause(Clause& clause);
  bool clause_of_column(Clause& clause);
  Clause constraint();
  bool constraint_of_table(Clause& clause);
  void on_conflict();
  void default_value(Clause& clause);
  void generated(Clause& clause);
  void references(Clause& clause);
  void deferral();

  // The table
  void heading(CreateTable& table);
  void pieces(CreateTable& table);
  Piece piece(std::size_t leading_from);
  void suffix(CreateTable& table);

  std::string_view sql_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

void Parser::refuse() const {
  const auto rest = strip(sql_.substr(begin_of_next(), 30));
  throw UnsupportedError("a stored CREATE TABLE is not understood at " +
                         (rest.empty() ? std::string("its end") : quoted(rest)));
}

// What lies between the parentheses; both are taken.
Span Parser::parenthesized() {
  expect_symbol('(');
  const std::size_t begin = end_of_last();
  for (int depth = 1; !is_at_end(); ++at_) {
    if (sees_symbol('(')) ++depth;
    if (sees_symbol(')') && --depth == 0) {
      const Span inside{begin, begin_of_next()};
      ++at_;
      return inside;
    }
  }
  refuse();
}

std::vector<KeyColumn> Parser::key_columns(Clause& clause) {
  std::vector<KeyColumn> columns;
  expect_symbol('(');
  do {
    const std::size_t begin = begin_of_next();
    std::string column = name();
    std::size_t end = end_of_last();
    int depth = 0;
    while (!is_at_end() && (depth > 0 || (!sees_symbol(',') && !sees_symbol(')')))) {
      if (take("autoincrement")) {
        clause.autoincrement = tokens_[at_ - 1].span;
        continue;
      }
      if (sees_symbol('(')) ++depth;
      if (sees_symbol(')')) --depth;
      ++at_;
      end = end_of_last();
    }
    columns.push_back({
        std::move(column), {begin, end}
    });
  } while (take_symbol(','));
  expect_symbol(')');
  return columns;
}

void Parser::on_conflict() {
  if (!sees("on") || !is_word(at_ + 1, "conflict")) return;
  at_ += 2;
  one_token();
}

void Parser::default_value(Clause& clause) {
  const std::size_t begin = begin_of_next();
  if (sees_symbol('(')) {
    parenthesized();
  } else {
    if (!take_symbol('+')) take_symbol('-');
    one_token();
  }
  clause.expression = {begin, end_of_last()};
}

void Parser::generated(Clause& clause) {
  clause.expression = parenthesized();
  if (!take("stored")) take("virtual");
}

void Parser::deferral() {
  if (sees("not") && is_word(at_ + 1, "deferrable")) ++at_;
  if (take("deferrable") && take("initially")) one_token();
}

void Parser::references(Clause& clause) {
  clause.referent = name();
  if (sees_symbol('(')) {
    for (const KeyColumn& column : key_columns(clause)) {
      clause.referent_columns.push_back(column.name);
    }
  }
  for (;;) {
    if (take("match")) {
      one_token();
    } else if (sees("on") && !is_word(at_ + 1, "conflict")) {
      at_ += 1;
      one_token();
      const bool has_two_words = sees("set") || sees("no");
      one_token();
      if (has_two_words) one_token();
    } else {
      break;
    }
  }
  deferral();
}

bool Parser::clause_of_column(Clause& clause) {
  if (take("default")) {
    clause.kind = ClauseKind::Default;
    default_value(clause);
  } else if (take("null")) {
    clause.kind = ClauseKind::Null;
    on_conflict();
  } else if (sees("not") && is_word(at_ + 1, "null")) {
    at_ += 2;
    clause.kind = ClauseKind::NotNull;
    on_conflict();
  } else if (take("primary")) {
    clause.kind = ClauseKind::PrimaryKey;
    expect("key");
    clause.is_descending = take("desc");
    take("asc");
    on_conflict();
    if (take("autoincrement")) clause.autoincrement = tokens_[at_ - 1].span;
  } else if (take("unique")) {
    clause.kind = ClauseKind::Unique;
    on_conflict();
  } else if (take("check")) {
    clause.kind = ClauseKind::Check;
    clause.expression = parenthesized();
  } else if (take("references")) {
    clause.kind = ClauseKind::References;
    references(clause);
  } else if (take("collate")) {
    clause.kind = ClauseKind::Collate;
    name();
  } else if (sees("generated") || sees("as")) {
    clause.kind = ClauseKind::Generated;
    if (take("generated")) expect("always");
    expect("as");
    generated(clause);
  } else if (sees("deferrable") || sees("not")) {
    const std::size_t before = at_;
    deferral();
    if (at_ == before) refuse();
  } else {
    return false;
  }
  return true;
}

bool Parser::constraint_of_table(Clause& clause) {
  if (take("primary")) {
    clause.kind = ClauseKind::PrimaryKey;
    expect("key");
    clause.columns = key_columns(clause);
  } else if (take("unique")) {
    clause.kind = ClauseKind::Unique;
    clause.columns = key_columns(clause);
  } else if (take("check")) {
    clause.kind = ClauseKind::Check;
    clause.expression = parenthesized();
  } else if (take("foreign")) {
    clause.kind = ClauseKind::References;
    expect("key");
    clause.columns = key_columns(clause);
    expect("references");
    references(clause);
    return true;
  } else {
    return false;
  }
  on_conflict();
  return true;
}

bool Parser::begins_constraint() const {
  return sees("constraint") || sees("primary") || sees("unique") || sees("check") ||
         sees("foreign");
}

Clause Parser::constraint() {
  Clause clause;
  const std::size_t begin = begin_of_next();
  const bool is_named = take("constraint");
  if (is_named) clause.name = name();
  clause.after_name = begin_of_next();
  if (!constraint_of_table(clause)) {
    if (!is_named) refuse();
    clause.after_name = end_of_last();
  }
  clause.span = {begin, end_of_last()};
  return clause;
}

// GENERATED ALWAYS are words as others to SQLite's grammar, until AS follows them.
Span Parser::type() {
  const std::size_t begin = end_of_last();
  const std::size_t first = at_;
  while (sees_name()) {
    if (sees("generated") && is_word(at_ + 1, "always") && is_word(at_ + 2, "as")) {
      break;
    }
    const bool is_keyword = tokens_[at_].kind == TokenKind::Word &&
                            std::find(kEndOfType.begin(), kEndOfType.end(),
                                      lower(text(at_))) != kEndOfType.end();
    if (is_keyword) break;
    ++at_;
  }
  if (at_ == first) return {begin, begin};
  if (sees_symbol('(')) parenthesized();
  return {tokens_[first].span.begin, end_of_last()};
}

bool Parser::clause(Clause& clause) {
  const std::size_t begin = begin_of_next();
  const bool is_named = take("constraint");
  if (is_named) clause.name = name();
  clause.after_name = begin_of_next();
  if (!clause_of_column(clause)) {
    if (!is_named) return false;
    clause.after_name = end_of_last();
  }
  clause.span = {begin, end_of_last()};
  return true;
}

ColumnDefinition Parser::column() {
  ColumnDefinition column;
  const std::size_t begin = begin_of_next();
  column.name = name();
  column.name_span = {begin, end_of_last()};
  column.type = type();
  for (Clause next; clause(next); next = {}) column.clauses.push_back(next);
  return column;
}

Definition Parser::definition() {
  if (begins_constraint()) return constraint();
  return column();
}

Definition Parser::whole_definition() {
  auto parsed = definition();
  if (!is_at_end()) refuse();
  return parsed;
}

void Parser::heading(CreateTable& table) {
  expect("create");
  if (!take("temp")) take("temporary");
  expect("table");
  if (sees("if") && is_word(at_ + 1, "not")) {
    at_ += 2;
    expect("exists");
  }
  table.name = name();
  if (take_symbol('.')) table.name = name();
  const std::size_t begin = end_of_last();
  expect_symbol('(');
  table.head = sql_.substr(begin, end_of_last() - begin);
}

// A comment behind the comma, on its line, is about what stands before the comma.
std::size_t end_of_line_comment(std::string_view sql, std::size_t at) {
  const auto line_end = sql.find('\n', at);
  if (line_end == sql.npos) return at;
  const auto line = strip(sql.substr(at, line_end - at));
  const bool is_block =
      line.starts_with("/*") && line.find("*/") == line.size() - 2 && line.size() >= 4;
  return line.starts_with("--") || is_block ? line_end + 1 : at;
}

Piece Parser::piece(std::size_t leading_from) {
  Piece piece;
  const std::size_t begin = begin_of_next();
  definition();
  piece.leading = sql_.substr(leading_from, begin - leading_from);
  piece.body = sql_.substr(begin, end_of_last() - begin);
  piece.trailing = sql_.substr(end_of_last(), begin_of_next() - end_of_last());
  piece.definition = parse_definition(piece.body);
  return piece;
}

void Parser::pieces(CreateTable& table) {
  std::size_t from = end_of_last();
  for (;;) {
    table.pieces.push_back(piece(from));
    Piece& last = table.pieces.back();
    from = begin_of_next();
    if (sees_symbol(')')) return;
    last.has_comma = take_symbol(',');
    if (!last.has_comma) {
      if (last.column() != nullptr || !begins_constraint()) refuse();
      continue;
    }
    from = end_of_line_comment(sql_, end_of_last());
    last.after = sql_.substr(end_of_last(), from - end_of_last());
  }
}

void Parser::suffix(CreateTable& table) {
  table.tail = sql_.substr(begin_of_next());
  expect_symbol(')');
  while (!is_at_end() && !sees_symbol(';')) {
    if (take("without")) {
      expect("rowid");
      table.without_rowid = true;
    } else {
      expect("strict");
      table.is_strict = true;
    }
    if (!take_symbol(',')) break;
  }
  take_symbol(';');
  if (!is_at_end()) refuse();
}

CreateTable Parser::create_table() {
  CreateTable table;
  heading(table);
  pieces(table);
  suffix(table);
  return table;
}

bool is_type_name(const std::vector<Token>& tokens, std::size_t at,
                  std::string_view sql) {
  // CAST(x AS BIG INT): all words after AS.
  for (std::size_t i = at; i > 0 && tokens[i].kind != TokenKind::Symbol; --i) {
    const auto before = tokens[i - 1];
    if (before.kind == TokenKind::Word && lower(before.span.of(sql)) == "as")
      return true;
  }
  return false;
}

}  // namespace

CreateTable parse_create_table(std::string_view sql) {
  return Parser(sql).create_table();
}

Definition parse_definition(std::string_view body) {
  return Parser(body).whole_definition();
}

std::vector<std::string> names_in(std::string_view expression) {
  const auto tokens = tokens_of(expression);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto kind = tokens[i].kind;
    if (kind != TokenKind::Word && kind != TokenKind::Name) continue;
    const auto next =
        i + 1 < tokens.size() ? tokens[i + 1].span.of(expression) : std::string_view();
    if (next == "(" || next == "." || is_type_name(tokens, i, expression)) continue;
    if (i > 0 && lower(tokens[i - 1].span.of(expression)) == "collate") continue;
    names.push_back(name_of(tokens[i].span.of(expression)));
  }
  return names;
}

}  // namespace revise::sqlite
