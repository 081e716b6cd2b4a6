/// Python source to tokens, as far as a revision's assignments need it.
///
/// Follows https://docs.python.org/3/reference/lexical_analysis.html; names, keywords
/// and operators are not told apart further than assignments need.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/script/source_position.hpp"

namespace revise::script {

enum class PythonTokenKind : unsigned char {
  End,
  Newline,  ///< ends a logical line
  Name,     ///< keywords too
  Number,
  String,  ///< with prefix and quotes
  Operator,
};

struct PythonToken {
  PythonTokenKind kind = PythonTokenKind::End;
  std::string_view text = {};
  std::size_t offset = 0;
  std::size_t indent = 0;  ///< of its logical line, in columns (a tab: to the next 8)
  unsigned depth = 0;      ///< of brackets around it; an opening one counts itself not

  bool is(std::string_view word) const {
    return kind != PythonTokenKind::String && text == word;
  }
};

class PythonLexer {
 public:
  /// `source` must outlive this and its tokens.
  explicit PythonLexer(const Source& source);

  /// The next token; End again and again at the end. Throws UnitError on a string
  /// that does not end, and on brackets that do not match.
  PythonToken next();

 private:
  void skip_blanks();
  bool skip_continuation();
  void measure_indent();
  PythonToken newline();
  PythonToken name_or_string();
  PythonToken string(std::size_t start);
  PythonToken number();
  PythonToken operation();
  PythonToken token(PythonTokenKind kind, std::size_t start) const;
  char at(std::size_t place) const {
    return place < text_.size() ? text_[place] : '\0';
  }

  const Source& source_;
  std::string_view text_;
  std::size_t place_ = 0;
  std::size_t indent_ = 0;
  std::string brackets_;  // the closing ones that are due
  bool at_line_start_ = true;
  bool line_has_tokens_ = false;
};

/// What becomes of an escape such as \N{DEGREE SIGN}: the names are Python's.
enum class NamedCharacters { Refused, KeptAsWritten };

/// The text of a String token: escapes as Python reads them, characters as UTF-8.
/// Throws UnitError on formatted and byte strings, and on escapes by name when they
/// are refused.
std::string value_of(const PythonToken& literal, const Source& source,
                     NamedCharacters named = NamedCharacters::Refused);

}  // namespace revise::script
