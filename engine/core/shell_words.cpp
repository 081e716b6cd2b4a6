#include "engine/core/shell_words.hpp"

#include <optional>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Between double quotes a backslash takes only itself and the quote (POSIX.1-2017,
// 2.2.3, without $, ` and newline, as in shlex).
std::size_t read_quoted(std::string_view text, std::size_t start, std::string& word) {
  const char quote = text[start];
  for (std::size_t i = start + 1; i < text.size(); ++i) {
    if (text[i] == quote) return i + 1;
    if (quote == '"' && text[i] == '\\') {
      if (++i == text.size()) break;
      if (text[i] != '\\' && text[i] != '"') word += '\\';
    }
    word += text[i];
  }
  throw Error("no closing quotation in " + quoted(text));
}

}  // namespace

std::vector<std::string> split_command(std::string_view text) {
  std::vector<std::string> words;
  std::optional<std::string> word;  // absent: between words; '' is a word
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (kSpace.find(c) != std::string_view::npos) {
      if (word) words.push_back(*std::exchange(word, std::nullopt));
      ++i;
      continue;
    }
    if (!word) word.emplace();
    if (c == '\'' || c == '"') {
      i = read_quoted(text, i, *word);
      continue;
    }
    if (c == '\\' && ++i == text.size()) {
      throw Error("no escaped character at the end of " + quoted(text));
    }
    *word += text[i++];
  }
  if (word) words.push_back(*word);
  return words;
}

std::string quote_word(std::string_view word) {
  constexpr std::string_view kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_";
  if (!word.empty() && word.find_first_not_of(kSafe) == std::string_view::npos) {
    return std::string(word);
  }
  return "'" + replace_all(word, "'", "'\"'\"'") + "'";
}

}  // namespace revise
