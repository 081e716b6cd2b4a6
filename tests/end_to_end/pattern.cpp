#include "tests/end_to_end/pattern.hpp"

#include <vector>

namespace revise::testing {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text = end == text.npos ? std::string_view{} : text.substr(end + 1);
  }
  return lines;
}

bool line_matches(std::string_view pattern, std::string_view line) {
  const auto hole = pattern.find("{*}");
  if (hole == pattern.npos) return pattern == line;
  if (!line.starts_with(pattern.substr(0, hole))) return false;
  line.remove_prefix(hole);
  pattern.remove_prefix(hole + 3);
  for (std::size_t start = 0; start <= line.size(); ++start) {
    if (line_matches(pattern, line.substr(start))) return true;
  }
  return false;
}

}  // namespace

// reachable[i]: the pattern's first i lines can be matched by the text's lines so
// far. The last row that is not empty tells how far the text was as expected.
std::string mismatch(std::string_view pattern, std::string_view text) {
  const auto expected = lines_of(pattern);
  const auto lines = lines_of(text);
  const auto skip_gaps = [&expected](std::vector<bool>& reachable) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (reachable[i] && expected[i] == "...") reachable[i + 1] = true;
    }
  };
  std::vector<bool> reachable(expected.size() + 1);
  reachable[0] = true;
  skip_gaps(reachable);
  for (const auto& line : lines) {
    std::vector<bool> next(expected.size() + 1);
    std::string_view wanted = "(the end)";
    bool any = false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (!reachable[i]) continue;
      wanted = expected[i];
      if (expected[i] == "...") {
        any = next[i] = true;
      } else if (line_matches(expected[i], line)) {
        any = next[i + 1] = true;
      }
    }
    if (!any) {
      return "expected: " + std::string(wanted) + "\n     got: " + std::string(line);
    }
    skip_gaps(next);
    reachable = std::move(next);
  }
  if (reachable[expected.size()]) return {};
  std::size_t furthest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (reachable[i]) furthest = i;
  }
  if (expected[furthest] == "..." && furthest + 1 < expected.size()) ++furthest;
  return "expected: " + std::string(expected[furthest]) + "\n     got: (the end)";
}

}  // namespace revise::testing
