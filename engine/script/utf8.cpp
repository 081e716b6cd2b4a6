#include "engine/script/utf8.hpp"

namespace revise::script {

Utf8Character utf8_character(std::string_view text) {
  const auto byte = [text](std::size_t place) -> std::uint32_t {
    return place < text.size() ? static_cast<unsigned char>(text[place]) : 0;
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {1, lead, true};
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  std::uint32_t code_point = lead & (0x7fu >> size);
  bool is_valid = lead >= 0xc2 && lead < 0xf5;
  for (std::size_t i = 1; i < size; ++i) {
    is_valid = is_valid && (byte(i) & 0xc0) == 0x80;
    code_point = code_point << 6 | (byte(i) & 0x3f);
  }
  if (!is_valid || code_point < least[size] || !is_code_point(code_point)) {
    return {1, lead, false};
  }
  return {size, code_point, true};
}

bool is_code_point(std::uint64_t code_point) {
  return code_point <= 0x10ffff && (code_point < 0xd800 || code_point > 0xdfff);
}

void append_utf8(std::string& text, std::uint64_t code_point) {
  const auto tail = [&text, code_point](int shift) {
    text += static_cast<char>(0x80 | ((code_point >> shift) & 0x3f));
  };
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xc0 | (code_point >> 6));
    tail(0);
  } else if (code_point < 0x10000) {
    text += static_cast<char>(0xe0 | (code_point >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xf0 | (code_point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace revise::script
