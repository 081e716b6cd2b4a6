/// The comment at a unit's top, which is what a docstring is to Alembic.
///
/// Text to comment lines and back, so that every text comes back as it was. What a
/// comment cannot carry, or a compiler or editor would stumble over, is written as
/// `\x{HH}`, a byte in two hex digits:
///   - control characters but tab and newline, and bytes that are no UTF-8;
///   - the marks that turn the direction of text (a source would not read as it is);
///   - white space at an end of the text, and blanks before a newline;
///   - a backslash at the end of a line, or before `x{`; the `??/` of a trigraph.

#pragma once

#include <string>
#include <string_view>

namespace revise::script {

/// `text` as lines that each begin with `//`, joined by newlines, the last without.
std::string comment_of(std::string_view text);

struct DocComment {
  std::string doc = {};      ///< the first paragraph
  std::string longdoc = {};  ///< all of it, stripped of white space
};

/// The block of `//` lines that `source` begins with, but for blank lines and a byte
/// order mark; `//` and one space are taken off each. Empty when there is none.
DocComment leading_comment(std::string_view source);

}  // namespace revise::script
