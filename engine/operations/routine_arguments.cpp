#include "engine/operations/routine_arguments.hpp"

#include <algorithm>
#include <vector>

#include "engine/core/text.hpp"

namespace revise::operations {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '_';
}

// Where what begins at `start` ends: a quoted text, or one character.
std::size_t skip(std::string_view text, std::size_t start) {
  const char quote = text[start];
  if (quote != '\'' && quote != '"') return start + 1;
  const auto end = text.find(quote, start + 1);
  return end == text.npos ? text.size() : end + 1;
}

bool starts_default(std::string_view text, std::size_t at) {
  if (text[at] == '=') return true;
  constexpr std::string_view kDefault = "default";
  const bool is_start = at == 0 || !is_word(text[at - 1]);
  const auto end = at + kDefault.size();
  const bool is_end = end >= text.size() || !is_word(text[end]);
  return is_start && is_end && lower(text.substr(at, kDefault.size())) == kDefault;
}

}  // namespace

std::string without_defaults(std::string_view arguments) {
  std::vector<std::string> kept;
  int depth = 0;
  std::size_t start = 0;
  std::size_t end = arguments.npos;  // of the argument without its default
  const auto keep = [&](std::size_t stop) {
    const auto length = std::min(end, stop) - start;
    kept.emplace_back(strip(arguments.substr(start, length)));
    start = stop + 1;
    end = arguments.npos;
  };
  for (std::size_t at = 0; at < arguments.size(); at = skip(arguments, at)) {
    const char c = arguments[at];
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (depth > 0) continue;
    if (c == ',') {
      keep(at);
    } else if (end == arguments.npos && starts_default(arguments, at)) {
      end = at;
    }
  }
  keep(arguments.size());
  return join(kept, ", ");
}

}  // namespace revise::operations
