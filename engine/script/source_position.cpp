#include "engine/script/source_position.hpp"

#include <algorithm>
#include <functional>

#include "engine/core/error.hpp"

namespace revise::script {
namespace {

constexpr std::size_t kMaxShownLine = 160;
constexpr std::size_t kMaxShownText = 40;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// A terminal must not be driven by what stands in a source.
std::string printable(std::string_view text) {
  std::string safe(text);
  std::replace_if(safe.begin(), safe.end(), is_control, ' ');
  return safe;
}

// Where a piece of at most `length` bytes may begin so that it holds `offset`.
std::size_t window_start(std::string_view line, std::size_t offset) {
  if (line.size() <= kMaxShownLine || offset < kMaxShownLine / 2) return 0;
  std::size_t start = std::min(offset - kMaxShownLine / 2, line.size() - kMaxShownLine);
  while (start > 0 && is_continuation(line[start])) --start;
  return start;
}

std::string marked(std::string_view line, std::size_t offset) {
  const std::size_t start = window_start(line, offset);
  const std::string_view piece = line.substr(start, kMaxShownLine);
  const std::string_view before = piece.substr(0, offset - start);
  const auto columns = static_cast<std::size_t>(
      std::count_if(before.begin(), before.end(), std::not_fn(is_continuation)));
  return "    " + printable(piece) + "\n    " + std::string(columns, ' ') + "^";
}

}  // namespace

int line_of(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

void fail_at(const Source& source, std::size_t offset, const std::string& what) {
  const std::string_view text = source.text;
  offset = std::min(offset, text.size());
  const std::size_t newline = offset == 0 ? text.npos : text.rfind('\n', offset - 1);
  const std::size_t start = newline == text.npos ? 0 : newline + 1;
  std::string_view line = text.substr(start, text.find('\n', offset) - start);
  if (!line.empty() && line.back() == '\r' && start + line.size() > offset) {
    line.remove_suffix(1);
  }
  const std::size_t column = offset - start;
  UnitError error(source.path + ":" + std::to_string(line_of(text, offset)) + ":" +
                      std::to_string(column + 1) + ": " + what,
                  source.path);
  error.add_note(marked(line, column));
  throw error;
}

std::string shown(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (text.size() <= kMaxShownText) return "'" + printable(text) + "'";
  std::size_t end = kMaxShownText;
  while (end > 0 && is_continuation(text[end])) --end;
  return "'" + printable(text.substr(0, end)) + "...'";
}

}  // namespace revise::script
