/// Graphs in the notation of `history`: "a, b (dep) -> c [label]". For tests.

#pragma once

#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/graph/revision_map.hpp"

namespace revise::graph {

/// "a b" -> {"a", "b"}.
inline std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> found;
  for (const auto& word : split(text, ' ')) {
    if (!word.empty()) found.push_back(word);
  }
  return found;
}

/// The words of `text` between `open` and `close`, which are cut out of it.
inline std::vector<std::string> cut(std::string& text, char open, char close) {
  const auto start = text.find(open);
  if (start == std::string::npos) return {};
  const auto end = text.find(close, start);
  const auto inside = words(text.substr(start + 1, end - start - 1));
  text.erase(start, end - start + 1);
  return inside;
}

/// One revision of "down down (dependency) -> id [label]".
inline Revision revision(std::string line) {
  Revision made;
  made.depends_on = cut(line, '(', ')');
  made.branch_labels = cut(line, '[', ']');
  const auto arrow = line.find("->");
  made.down_revisions = words(line.substr(0, arrow));
  made.revision = words(line.substr(arrow + 2)).front();
  made.origin = made.revision + ".cpp:1";
  return made;
}

inline RevisionMap map_of(const std::vector<std::string>& lines) {
  std::vector<Revision> revisions;
  for (const auto& line : lines) revisions.push_back(revision(line));
  return RevisionMap(std::move(revisions));
}

inline std::string joined(const std::vector<std::string>& ids) {
  return join(ids, " ");
}

}  // namespace revise::graph
