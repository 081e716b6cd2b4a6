/// UTF-8, one character at a time.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace revise::script {

struct Utf8Character {
  std::size_t size = 1;          ///< in bytes; 1 when not valid
  std::uint32_t code_point = 0;  ///< the byte itself when not valid
  bool is_valid = false;
};

/// The character that `text` (not empty) begins with, as Unicode 15 section 3.9 has
/// it: no surrogates, nothing longer than need be.
Utf8Character utf8_character(std::string_view text);

/// Whether `code_point` can be a character.
bool is_code_point(std::uint64_t code_point);

/// Appends `code_point`, which can be one.
void append_utf8(std::string& text, std::uint64_t code_point);

}  // namespace revise::script
