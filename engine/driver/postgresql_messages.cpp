#include "engine/driver/postgresql_messages.hpp"

#include <algorithm>
#include <string_view>

#include "engine/driver/postgresql_statements.hpp"

namespace revise::driver {

namespace {

// The server holds a message, and what it parsed of it, in memory at once.
constexpr std::size_t kMostBytes = 256 * 1024;

// A comment at the end would swallow a semicolon on its line.
constexpr std::string_view kEnd = "\n;\n";

bool stands_alone(const std::string& text) {
  return text.find('\0') != std::string::npos || is_left_open(text);
}

}  // namespace

std::size_t Message::place_of(std::size_t offset) const {
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  return first + static_cast<std::size_t>(next - starts.begin()) - 1;
}

std::vector<Message> messages_of(std::span<const std::string> texts) {
  std::vector<Message> messages;
  bool is_ended = true;
  for (std::size_t place = 0; place < texts.size(); ++place) {
    const auto& text = texts[place];
    const bool is_alone = stands_alone(text);
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
