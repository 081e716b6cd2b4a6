#include "engine/dialects/identifier.hpp"

#include <algorithm>
#include <charconv>

#include "engine/core/text.hpp"

namespace revise::dialects {

namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

bool is_plain_first(char c) {
  return is_plain(c) && c != '$' && !(c >= '0' && c <= '9');
}

std::string between(char quote, std::string_view text) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result += quote;
}

}  // namespace

bool needs_quotes(std::string_view name, std::span<const std::string_view> reserved) {
  return name.empty() || !is_plain_first(name.front()) ||
         !std::all_of(name.begin(), name.end(), is_plain) ||
         std::binary_search(reserved.begin(), reserved.end(), name);
}

std::string double_quoted(std::string_view name) { return between('"', name); }

std::string single_quoted(std::string_view text) { return between('\'', text); }

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    digits += kDigits[code >> 4];
    digits += kDigits[code & 0xf];
  }
  return digits;
}

std::string digits_of(double number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  std::string digits(buffer, end);
  // Without a point it would be an integer to a database.
  if (digits.find_first_of(".en") == std::string::npos) digits += ".0";
  return digits;
}

}  // namespace revise::dialects
