#include "engine/config/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>

#include "engine/core/error.hpp"
#include "engine/core/shell_words.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

using Type = Key::Type;

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

[[noreturn]] void refuse(const Key& key, const FoundValue& found,
                         const std::string& expected) {
  std::string given;
  if (const auto* text = std::get_if<std::string>(&found.value)) {
    given = ", not " + quoted(*text);
  }
  throw ConfigError(quoted(key.name) + " takes " + expected + given, found.file,
                    found.line);
}

std::int64_t integer(const Key& key, const FoundValue& found) {
  std::int64_t number = 0;
  bool is_integer = false;
  if (const auto* given = std::get_if<std::int64_t>(&found.value)) {
    number = *given;
    is_integer = true;
  } else if (const auto* text = std::get_if<std::string>(&found.value)) {
    const auto digits = strip(*text);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    is_integer = error == std::errc() && end == digits.data() + digits.size();
  }
  if (!is_integer || number < key.least || number > key.most) {
    refuse(key, found,
           "a whole number from " + std::to_string(key.least) + " to " +
               std::to_string(key.most));
  }
  return number;
}

bool is_also(const Key& key, const FoundValue& found) {
  const auto* text = std::get_if<std::string>(&found.value);
  return text != nullptr && !key.also.empty() && lower(strip(*text)) == key.also;
}

bool truth(const Key& key, const FoundValue& found) {
  if (found.from_toml) {
    if (const auto* given = std::get_if<bool>(&found.value)) return *given;
    throw ConfigError("boolean value expected for TOML parameter " + quoted(key.name),
                      found.file, found.line);
  }
  const auto& text = std::get<std::string>(found.value);
  if (key.type == Type::TrueOnly) return text == "true";
  const auto value = parse_truth(text);
  if (!value && key.where == Key::Where::Alembic) {
    throw ConfigError("String is not true/false: " + quoted(lower(strip(text))),
                      found.file, found.line);
  }
  if (!value) {
    refuse(
        key, found,
        key.also.empty() ? "true or false" : "true, false or " + std::string(key.also));
  }
  return *value;
}

std::optional<double> factor(std::string_view unit) {
  if (unit.empty() || is_one_of(unit, {"s", "sec"})) return 1000;
  if (unit == "ms") return 1;
  if (is_one_of(unit, {"min", "m"})) return 60000;
  if (unit == "h") return 3600000;
  return std::nullopt;
}

std::chrono::milliseconds duration(const Key& key, const FoundValue& found) {
  constexpr double kMost = 2147483647;  // of PostgreSQL's time-outs, in milliseconds
  if (const auto* seconds = std::get_if<std::int64_t>(&found.value)) {
    if (*seconds >= 0 && static_cast<double>(*seconds) * 1000 <= kMost) {
      return std::chrono::seconds(*seconds);
    }
  } else if (const auto* text = std::get_if<std::string>(&found.value)) {
    const auto stripped = strip(*text);
    double number = 0;
    const auto [end, error] =
        std::from_chars(stripped.data(), stripped.data() + stripped.size(), number,
                        std::chars_format::fixed);
    const auto unit = factor(
        lower(strip(stripped.substr(static_cast<std::size_t>(end - stripped.data())))));
    if (error == std::errc() && unit && number >= 0 && number * *unit <= kMost) {
      return std::chrono::milliseconds(std::llround(number * *unit));
    }
  }
  refuse(key, found, "a number of seconds, or one with a unit: 500ms, 30s, 5min, 1h");
}

std::vector<std::string> list(const Key& key, const FoundValue& found) {
  if (const auto* given = std::get_if<std::vector<std::string>>(&found.value)) {
    return *given;
  }
  std::vector<std::string> items;
  for (const auto& item : split(replace_all(found.text(key.name), "\n", ","), ',')) {
    if (const auto stripped = strip(item); !stripped.empty()) {
      items.emplace_back(stripped);
    }
  }
  return items;
}

std::vector<std::string> words(const Key& key, const FoundValue& found) {
  if (const auto* given = std::get_if<std::vector<std::string>>(&found.value)) {
    return *given;
  }
  try {
    return split_command(found.text(key.name));
  } catch (const ConfigError&) {
    throw;
  } catch (const Error& error) {
    throw ConfigError(quoted(key.name) + ": " + error.what(), found.file, found.line);
  }
}

}  // namespace

std::optional<bool> parse_truth(std::string_view text) {
  const auto word = lower(strip(text));
  if (is_one_of(word, {"true", "yes", "on", "y", "t", "1"})) return true;
  if (is_one_of(word, {"false", "no", "off", "n", "f", "0"})) return false;
  return std::nullopt;
}

std::string absolute_path(const std::string& path, const std::string& folder) {
  if (path.empty() || path[0] == '/') return path;
  if (path == ".") return folder;
  return folder + (folder == "/" ? "" : "/") + path;
}

KeyValue read_value(const Key& key, const FoundValue& found, const std::string& here) {
  switch (key.type) {
    case Type::Text:
      return {.text = found.text(key.name)};
    case Type::Path:
      return {.text = absolute_path(found.text(key.name), here)};
    case Type::Integer:
      return {.number = integer(key, found)};
    case Type::Boolean:
      if (is_also(key, found)) return {.text = std::string(key.also), .truth = true};
      return {.truth = truth(key, found)};
    case Type::TrueOnly:
      return {.truth = truth(key, found)};
    case Type::Duration:
      return {.duration = duration(key, found)};
    case Type::List:
      return {.list = list(key, found)};
    case Type::Words:
      return {.list = words(key, found)};
    case Type::Paths: {
      auto paths = list(key, found);
      for (auto& path : paths) path = absolute_path(path, here);
      return {.list = paths};
    }
  }
  return {};
}

}  // namespace revise::config
