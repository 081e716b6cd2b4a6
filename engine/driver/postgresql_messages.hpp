/// Several texts put into as few messages as keep them apart.
///
/// A message is a string that the server runs statement by statement; which of them it
/// refused is the connection's business.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace revise::driver {

struct Message {
  std::string text = {};
  std::size_t first = 0;                 ///< place of its first text among all
  std::vector<std::size_t> starts = {};  ///< where each of its texts begins, in bytes

  /// The place among all of the text that holds the byte at `offset`.
  std::size_t place_of(std::size_t offset) const;
};

/// How characters reach the database.
enum class Encoding {
  Utf8,       ///< as they are
  Converted,  ///< to an encoding that need not have them all
};

/// Whether the server may refuse a message for the bytes of `text` alone, before it
/// runs anything of it. Linear.
bool may_be_unreadable(std::string_view text, Encoding encoding);

/// In order. A text that would swallow what follows, one that holds a byte of zero and
/// one that may be unreadable end their message or stand alone in one. Linear.
std::vector<Message> messages_of(std::span<const std::string> texts, Encoding encoding);

}  // namespace revise::driver
