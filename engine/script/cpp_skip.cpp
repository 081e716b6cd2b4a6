// The part of CppLexer that passes over what is surely plain.

#include "engine/script/cpp_lexer.hpp"

namespace revise::script {
namespace {

// Whether `first` is followed by `second` somewhere.
bool has_pair(std::string_view text, char first, char second) {
  for (std::size_t at = text.find(first); at != text.npos; at = text.find(first, at)) {
    if (++at < text.size() && text[at] == second) return true;
  }
  return false;
}

// Directives, block comments and raw strings reach over lines, or change what is code.
bool is_plain(std::string_view text) {
  return text.find('#') == text.npos && !has_pair(text, '%', ':') &&
         !has_pair(text, '/', '*') && !has_pair(text, 'R', '"');
}

}  // namespace

void CppLexer::skip_to_line_of(std::string_view word,
                               std::initializer_list<std::string_view> others) {
  if (!conditionals_.empty() || spliced_.has_splices()) return;
  const std::string_view rest(cursor_, static_cast<std::size_t>(end_ - cursor_));
  const std::size_t place = rest.find(word);
  if (place == rest.npos || place == 0 || rest[place - 1] != '\n') return;
  if (rest.find(word, place + 1) != rest.npos || !is_plain(rest)) return;
  for (const std::string_view other : others) {
    if (rest.find(other) != rest.npos) return;
  }
  cursor_ += place;
  at_line_start_ = true;
}

}  // namespace revise::script
