#include "engine/dialects/sqlite/stored_object.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/lexer.hpp"

namespace revise::sqlite {

namespace {

using Tokens = std::vector<Token>;

bool is_word(std::string_view sql, const Tokens& tokens, std::size_t at,
             std::string_view word) {
  return at < tokens.size() && tokens[at].kind == TokenKind::Word &&
         lower(tokens[at].span.of(sql)) == word;
}

std::string_view text_at(std::string_view sql, const Tokens& tokens, std::size_t at) {
  return at < tokens.size() ? tokens[at].span.of(sql) : std::string_view();
}

[[noreturn]] void refuse(std::string_view sql) {
  throw UnsupportedError("a stored definition is not understood: " +
                         quoted(strip(sql.substr(0, 60))));
}

// CREATE [UNIQUE] INDEX [IF NOT EXISTS] name, CREATE TRIGGER name: the name's token.
std::size_t place_of_name(std::string_view sql, const Tokens& tokens) {
  for (std::size_t i = 1; i < tokens.size() && i < 4; ++i) {
    if (!is_word(sql, tokens, i, "index") && !is_word(sql, tokens, i, "trigger")) {
      continue;
    }
    const bool is_conditional =
        is_word(sql, tokens, i + 1, "if") && is_word(sql, tokens, i + 2, "not");
    const std::size_t name = is_conditional ? i + 4 : i + 1;
    if (name < tokens.size()) return name;
  }
  refuse(sql);
}

// A name by itself, or with a collation and a direction.
std::string column_of(std::string_view sql, const Tokens& tokens, std::size_t first,
                      std::size_t end) {
  const auto kind = tokens[first].kind;
  if (kind == TokenKind::Symbol || kind == TokenKind::Number) return {};
  std::size_t at = first + 1;
  while (at < end) {
    if (is_word(sql, tokens, at, "collate")) {
      at += 2;
    } else if (is_word(sql, tokens, at, "asc") || is_word(sql, tokens, at, "desc")) {
      ++at;
    } else {
      return {};
    }
  }
  return name_of(text_at(sql, tokens, first));
}

}  // namespace

StoredIndex parse_index(std::string_view sql) {
  const Tokens tokens = tokens_of(sql);
  StoredIndex index;
  std::size_t at = place_of_name(sql, tokens);
  while (at < tokens.size() && text_at(sql, tokens, at) != "(") ++at;
  int depth = 1;
  std::size_t first = ++at;
  for (; at < tokens.size() && depth > 0; ++at) {
    const auto text = text_at(sql, tokens, at);
    if (text == "(") ++depth;
    if (text == ")") --depth;
    const bool ends = depth == 0 || (depth == 1 && text == ",");
    if (!ends) continue;
    if (first == at) refuse(sql);
    const Span span{tokens[first].span.begin, tokens[at - 1].span.end};
    index.elements.push_back(
        {column_of(sql, tokens, first, at), std::string(span.of(sql))});
    first = at + 1;
  }
  if (depth > 0) refuse(sql);
  if (is_word(sql, tokens, at, "where") && at + 1 < tokens.size()) {
    index.where = sql.substr(tokens[at + 1].span.begin);
  }
  return index;
}

std::string trigger_event(std::string_view sql) {
  const Tokens tokens = tokens_of(sql);
  for (std::size_t i = place_of_name(sql, tokens) + 1; i < tokens.size(); ++i) {
    for (const std::string event : {"insert", "update", "delete"}) {
      if (is_word(sql, tokens, i, event)) return event;
    }
  }
  refuse(sql);
}

std::vector<std::string> update_columns(std::string_view sql) {
  const Tokens tokens = tokens_of(sql);
  std::vector<std::string> columns;
  // The event stands before the table, and the table before all that a body can hold.
  for (std::size_t i = place_of_name(sql, tokens) + 1; i + 2 < tokens.size(); ++i) {
    if (is_word(sql, tokens, i, "on")) break;
    if (!is_word(sql, tokens, i, "update") || !is_word(sql, tokens, i + 1, "of")) {
      continue;
    }
    for (i += 2; i < tokens.size() && !is_word(sql, tokens, i, "on"); ++i) {
      if (text_at(sql, tokens, i) == ",") continue;
      columns.push_back(name_of(text_at(sql, tokens, i)));
    }
    break;
  }
  return columns;
}

std::string with_schema(std::string_view sql, std::string_view schema) {
  const Tokens tokens = tokens_of(sql);
  const std::size_t at = tokens[place_of_name(sql, tokens)].span.begin;
  return std::string(sql.substr(0, at)) + std::string(schema) + "." +
         std::string(sql.substr(at));
}

}  // namespace revise::sqlite
