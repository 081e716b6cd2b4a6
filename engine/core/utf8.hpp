/// UTF-8 text taken apart into characters.
///
/// What a character is good for (white space, case) is known to who reads it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace revise {

struct Utf8 {
  std::uint32_t code = 0;
  std::size_t length = 0;  ///< in bytes; 0: not valid UTF-8
};

/// The character that `text` (not empty) begins with.
Utf8 decode_utf8(std::string_view text);

/// The place of the first byte that is no part of a character; nothing for valid UTF-8.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

}  // namespace revise
