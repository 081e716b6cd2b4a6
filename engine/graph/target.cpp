#include "engine/graph/target.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "engine/core/text.hpp"
#include "engine/graph/messages.hpp"

namespace revise::graph {

namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

// Python's \w, all that is not ASCII taken for letters.
bool is_word(char character) {
  return is_digit(character) || character == '_' ||
         (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z') ||
         static_cast<unsigned char>(character) >= 0x80;
}

// A count beyond all graphs is as good as any other such.
long count_of(std::string_view digits) {
  long value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc::result_out_of_range ? std::numeric_limits<long>::max()
                                                 : value;
}

std::optional<Relative> parse_relative(std::string_view text) {
  std::size_t digits = text.size();
  while (digits > 0 && is_digit(text[digits - 1])) --digits;
  if (digits == text.size() || digits == 0) return std::nullopt;
  const std::size_t sign = digits - 1;
  if (text[sign] != '+' && text[sign] != '-') return std::nullopt;
  std::size_t symbol = sign;
  while (symbol > 0 && is_word(text[symbol - 1])) --symbol;
  if (symbol > 0 && (text[symbol - 1] != '@' || symbol == 1)) return std::nullopt;
  Relative relative;
  relative.text = text;
  relative.label = symbol == 0 ? "" : text.substr(0, symbol - 1);
  relative.symbol = text.substr(symbol, sign - symbol);
  relative.offset = text.substr(sign);
  const long count = count_of(text.substr(digits));
  relative.steps = text[sign] == '-' ? -count : count;
  return relative;
}

}  // namespace

Symbol parse_symbol(std::string_view text) {
  Symbol symbol;
  symbol.text = text;
  const auto at = text.find('@');
  if (at == std::string_view::npos) {
    symbol.name = text;
  } else {
    symbol.label = text.substr(0, at);
    symbol.name = text.substr(at + 1);
  }
  if (symbol.name.empty()) throw nothing_named(text);
  return symbol;
}

Symbols parse_symbols(const std::vector<std::string>& texts) {
  Symbols symbols;
  for (const auto& text : texts) symbols.push_back(parse_symbol(text));
  return symbols;
}

Target parse_target(std::string_view text) {
  if (auto relative = parse_relative(text)) return *std::move(relative);
  return parse_symbol(text);
}

Range parse_range(std::string_view text) {
  const std::string_view range = strip(text);
  const auto colon = range.find(':');
  if (colon == std::string_view::npos || range.find(':', colon + 1) != range.npos) {
    throw no_such_range();
  }
  return {std::string(range.substr(0, colon)), std::string(range.substr(colon + 1))};
}

std::string spelling(const Target& target) {
  if (const auto* symbol = std::get_if<Symbol>(&target)) return symbol->text;
  if (const auto* relative = std::get_if<Relative>(&target)) return relative->text;
  std::vector<std::string> texts;
  for (const Symbol& symbol : std::get<Symbols>(target)) texts.push_back(symbol.text);
  return texts.empty() ? "base" : join(texts, ", ");
}

}  // namespace revise::graph
