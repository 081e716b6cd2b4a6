/// SQL as SQLite's own tokenizer cuts it (https://sqlite.org/src/file/src/tokenize.c),
/// as far as stored definitions need it: where words, names and comments are.
///
/// What the tokens mean is create_table_parser's business.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace revise::sqlite {

/// A half open range of bytes.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool is_empty() const { return begin == end; }
  std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
};

enum class TokenKind {
  Word,    ///< a keyword or a name without quotes
  Name,    ///< "name", `name` or [name]
  String,  ///< 'text', which SQLite also takes where a name is meant
  Number,  ///< also a blob, X'00'
  Symbol,  ///< one character
};

struct Token {
  TokenKind kind;
  Span span;
};

/// The tokens of `sql`, white space and comments left out. Throws UnsupportedError on
/// what SQLite could not have stored: a quote that is not closed.
std::vector<Token> tokens_of(std::string_view sql);

/// Whether the character may stand in a name without quotes.
bool is_name_character(char c);

/// The name that a token spells: its quotes taken off, those in it single again.
std::string name_of(std::string_view token);

/// Whether two names are one to SQLite: ASCII letters compare without case.
bool is_same_name(std::string_view left, std::string_view right);

}  // namespace revise::sqlite
