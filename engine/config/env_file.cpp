#include "engine/config/env_file.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

bool is_name(std::string_view text) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.-0123456789";
  return !text.empty() && text.find_first_not_of(kLetters) == std::string_view::npos;
}

// `text` begins with the quote. Nothing when it is not closed, or more follows.
std::optional<std::string> unquoted(std::string_view text) {
  const char quote = text[0];
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      const auto rest = strip(text.substr(i + 1));
      if (!rest.empty() && rest[0] != '#') return std::nullopt;
      return value;
    }
    if (quote == '"' && text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      value += text[i] == 'n' ? '\n' : text[i];
    } else {
      value += text[i];
    }
  }
  return std::nullopt;
}

std::string bare(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '#' && (text[i - 1] == ' ' || text[i - 1] == '\t')) {
      return std::string(strip(text.substr(0, i)));
    }
  }
  return std::string(text);
}

}  // namespace

std::optional<std::string> find_in_env_file(std::string_view text,
                                            std::string_view name,
                                            const std::string& file) {
  constexpr std::string_view kExport = "export ";
  std::optional<std::string> found;
  int number = 0;
  for (const auto& each : split(text, '\n')) {
    ++number;
    auto line = strip(each);
    if (line.empty() || line[0] == '#') continue;
    if (line.substr(0, kExport.size()) == kExport) line.remove_prefix(kExport.size());
    const auto equals = line.find('=');
    const auto key = strip(line.substr(0, equals));
    if (equals == std::string_view::npos || !is_name(key)) {
      throw ConfigError("this line is no NAME=value", file, number);
    }
    if (key != name) continue;
    const auto value = strip(line.substr(equals + 1));
    const bool is_quoted = !value.empty() && (value[0] == '"' || value[0] == '\'');
    found = is_quoted ? unquoted(value) : bare(value);
    if (!found) throw ConfigError("a quote is not closed at the end", file, number);
  }
  return found;
}

}  // namespace revise::config
