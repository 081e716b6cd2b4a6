#include "engine/output/terminal_text.hpp"

#include <array>
#include <cstdio>

namespace revise::output {

namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool is_control(unsigned byte) {
  return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
}

// U+0080 to U+009F are control characters too; U+202A to U+202E and U+2066 to U+2069
// make a terminal show text in another order than it has. 0: neither stands there.
unsigned hidden_code(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  const unsigned second = byte_at(text, at + 1);
  const unsigned third = byte_at(text, at + 2);
  if (first == 0xc2 && second >= 0x80 && second <= 0x9f) return second;
  if (first != 0xe2) return 0;
  if (second == 0x80 && third >= 0xaa && third <= 0xae) return 0x2000 + third - 0x80;
  if (second == 0x81 && third >= 0xa6 && third <= 0xa9) return 0x2040 + third - 0x80;
  return 0;
}

template <typename... Value>
void add(std::string& shown, const char* format, Value... value) {
  std::array<char, 16> spelt{};
  std::snprintf(spelt.data(), spelt.size(), format, value...);
  shown += spelt.data();
}

}  // namespace

std::string terminal_text(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const unsigned byte = byte_at(text, at);
    if (is_control(byte)) {
      add(shown, "\\x%02x", byte);
    } else if (const unsigned code = hidden_code(text, at); code != 0) {
      add(shown, "\\u%04x", code);
      at += code < 0x100 ? 1 : 2;
    } else {
      shown += text[at];
    }
  }
  return shown;
}

}  // namespace revise::output
