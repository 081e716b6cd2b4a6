#include "engine/driver/postgresql_messages.hpp"

#include <algorithm>
#include <string_view>

#include "engine/core/utf8.hpp"
#include "engine/driver/postgresql_statements.hpp"

namespace revise::driver {

namespace {

// The server holds a message, and what it parsed of it, in memory at once.
constexpr std::size_t kMostBytes = 256 * 1024;

// A comment at the end would swallow a semicolon on its line.
constexpr std::string_view kEnd = "\n;\n";

bool stands_alone(const std::string& text, Encoding encoding) {
  return text.find('\0') != std::string::npos || is_left_open(text) ||
         may_be_unreadable(text, encoding);
}

}  // namespace

// ASCII is the same in each encoding that a server has.
bool may_be_unreadable(std::string_view text, Encoding encoding) {
  const bool is_ascii =
      std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
  if (is_ascii) return false;
  return encoding == Encoding::Converted || find_invalid_utf8(text).has_value();
}

std::size_t Message::place_of(std::size_t offset) const {
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  return first + static_cast<std::size_t>(next - starts.begin()) - 1;
}

std::vector<Message> messages_of(std::span<const std::string> texts,
                                 Encoding encoding) {
  std::vector<Message> messages;
  bool is_ended = true;
  for (std::size_t place = 0; place < texts.size(); ++place) {
    const auto& text = texts[place];
    const bool is_alone = stands_alone(text, encoding);
    const bool is_full =
        !messages.empty() && messages.back().text.size() + text.size() > kMostBytes;
    if (is_ended || is_alone || is_full) {
      messages.push_back({.first = place});
    } else {
      messages.back().text += kEnd;
    }
    messages.back().starts.push_back(messages.back().text.size());
    messages.back().text += text;
    is_ended = is_alone;
  }
  return messages;
}

}  // namespace revise::driver
