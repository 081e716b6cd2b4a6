#include "engine/config/python_text.hpp"

#include <cstdint>

namespace revise::config {

namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 0;  // in bytes; 0: not valid UTF-8
};

// The Unicode Standard, table 3-7: no overlong forms, no surrogates.
Character decode(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const auto first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
  std::uint32_t code = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte(i) & 0x3F);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kSmallest[length] || code > 0x10FFFF || is_surrogate) return {};
  return {code, length};
}

void append(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else {
    text += static_cast<char>(0xC0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// str.isspace(), which is also what \s matches.
bool is_space(std::uint32_t code) {
  return (code >= 0x09 && code <= 0x0D) || (code >= 0x1C && code <= 0x20) ||
         code == 0x85 || code == 0xA0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

std::uint32_t lower(std::uint32_t code) {
  const auto in = [code](std::uint32_t first, std::uint32_t last) {
    return code >= first && code <= last;
  };
  if (in('A', 'Z') || (in(0xC0, 0xDE) && code != 0xD7)) return code + 0x20;
  if (in(0x391, 0x3A9) && code != 0x3A2) return code + 0x20;
  if (in(0x410, 0x42F)) return code + 0x20;
  if (in(0x400, 0x40F)) return code + 0x50;
  return code;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto length = decode(text.substr(i)).length;
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::string_view strip_unicode(std::string_view text) {
  std::size_t first = text.size();
  std::size_t end = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto [code, length] = decode(text.substr(i));
    const auto step = length == 0 ? 1 : length;
    if (length == 0 || !is_space(code)) {
      if (first == text.size()) first = i;
      end = i + step;
    }
    i += step;
  }
  return end == 0 ? std::string_view() : text.substr(first, end - first);
}

std::size_t indentation(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    const auto [code, length] = decode(text.substr(i));
    if (length == 0 || !is_space(code)) break;
    i += length;
  }
  return count;
}

std::string lower_unicode(std::string_view text) {
  std::string lowered;
  for (std::size_t i = 0; i < text.size();) {
    const auto [code, length] = decode(text.substr(i));
    const auto small = lower(code);
    if (length == 0 || small == code) {
      lowered += text.substr(i, length == 0 ? 1 : length);
    } else {
      append(lowered, small);
    }
    i += length == 0 ? 1 : length;
  }
  return lowered;
}

}  // namespace revise::config
