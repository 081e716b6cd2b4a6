#include "engine/config/python_text.hpp"

#include <cstdint>

#include "engine/core/utf8.hpp"

namespace revise::config {

namespace {

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

std::string_view strip_unicode(std::string_view text) {
  std::size_t first = text.size();
  std::size_t end = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto [code, length] = decode_utf8(text.substr(i));
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
    const auto [code, length] = decode_utf8(text.substr(i));
    if (length == 0 || !is_space(code)) break;
    i += length;
  }
  return count;
}

std::string lower_unicode(std::string_view text) {
  std::string lowered;
  for (std::size_t i = 0; i < text.size();) {
    const auto [code, length] = decode_utf8(text.substr(i));
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
