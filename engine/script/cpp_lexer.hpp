/// C++ source to tokens, as far as a unit's declaration needs it.
///
/// Comments and directives are passed over, what `#if 0` takes out too; which groups
/// only a compiler can decide on is marked on their tokens. Macros are not expanded:
/// their names are told, so that a reader can refuse what they might change.

#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/script/source_position.hpp"
#include "engine/script/spliced_text.hpp"

namespace revise::script {

enum class TokenKind : unsigned char {
  End,
  Identifier,  ///< keywords too
  Number,
  String,     ///< with prefix, quotes and suffix
  RawString,  ///< with prefix and suffix; text is the source's own
  Character,
  Punctuator,  ///< one character each; the digraphs of braces as `{` and `}`
};

struct Token {
  TokenKind kind = TokenKind::End;
  char punctuator = '\0';  ///< '\0' unless kind says Punctuator
  std::string_view text = {};
  std::size_t offset = 0;  ///< in the source

  bool is(char c) const { return punctuator == c && kind == TokenKind::Punctuator; }
  bool is(std::string_view word) const {
    return kind == TokenKind::Identifier && text == word;
  }
};

/// How `#if`, `#elif`, `#else` and `#endif` stand at a token.
enum class Certainty { Certain, OnlyTheCompilerKnows };

class CppLexer {
 public:
  /// `spliced` and `source` must outlive this and its tokens.
  CppLexer(const SplicedText& spliced, const Source& source);

  /// The next token; End again and again at the end. Throws UnitError on a comment
  /// or literal that does not end, and on conditionals that do not match.
  Token next();

  /// Goes on at the line that begins with `word` when it is the only place of `word`
  /// behind here, none of `others` is, and everything between is so plain (no
  /// directive, block comment, raw string or splice) that a line's beginning is surely
  /// code. Else stays. The bulk of most units is passed over at the speed of memchr.
  void skip_to_line_of(std::string_view word,
                       std::initializer_list<std::string_view> others);

  /// Of the token that next() gave last.
  Certainty certainty() const;

  /// Whether any token so far, or any group passed over, hung on a condition.
  Certainty certainty_of_all() const { return certainty_of_all_; }

  /// How many directives that bring in or change text have been passed.
  unsigned text_directives() const { return text_directives_; }

  /// Names that were defined or undefined so far, in order.
  const std::vector<std::string_view>& macros() const { return macros_; }

 private:
  // A group's branch: taken, taken out, or known to the compiler alone.
  enum class Branch : unsigned char { Taken, Skipped, Unknown };
  struct Conditional {
    std::size_t offset;
    Branch branch;
    Branch before;  // of the branches before this one, the nearest to Taken
  };
  enum class Quotes { MustEnd, MayEndWithLine };

  bool skip_space();
  void skip_block_comment();
  Token lex_token(Quotes quotes);
  Token lex_word(Quotes quotes);
  Token lex_quoted(const char* start, Quotes quotes);
  Token lex_raw_string(const char* start);
  Token lex_number();
  void skip_suffix();
  bool at_directive() const;
  void read_directive();
  Token next_in_line();
  void skip_header_name();
  void read_definition();
  void open_conditional(std::string_view name, std::size_t offset);
  void turn_conditional(std::string_view name, std::size_t offset);
  Branch read_condition(std::string_view name);
  bool is_skipping() const;
  Token token(TokenKind kind, const char* start) const;
  std::size_t offset_of(const char* place) const;
  [[noreturn]] void fail(const char* place, const std::string& what) const;

  const SplicedText& spliced_;
  const Source& source_;
  const char* begin_;
  const char* cursor_;
  const char* end_;
  bool at_line_start_ = true;
  Certainty certainty_of_all_ = Certainty::Certain;
  unsigned text_directives_ = 0;
  std::vector<Conditional> conditionals_;
  std::vector<std::string_view> macros_;
};

}  // namespace revise::script
