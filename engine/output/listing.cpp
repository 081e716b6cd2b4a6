#include "engine/output/listing.hpp"

#include "engine/core/text.hpp"

namespace revise::output {

namespace {

using graph::Edges;

std::string lineage(const graph::Revision& revision) {
  std::string text = render_parents(revision);
  if (!revision.depends_on.empty()) {
    text += " (" + join(revision.depends_on, ", ") + ")";
  }
  return text + " -> ";
}

std::string head_mark(const graph::RevisionMap& map, const graph::RevisionId& id) {
  if (map.is_head(id, Edges::All)) return " (head)";
  return map.is_head(id, Edges::Versioned) ? " (effective head)" : "";
}

std::string place_marks(const graph::RevisionMap& map, const graph::RevisionId& id) {
  std::string marks;
  if (map.is_branch_point(id)) marks += " (branchpoint)";
  if (map.is_merge_point(id)) marks += " (mergepoint)";
  return marks;
}

std::string indented(const std::string& longdoc) {
  std::string text;
  if (longdoc.empty()) return text;
  for (const auto& line : split(longdoc, '\n')) {
    if (!text.empty()) text += '\n';
    text += "    " + line;
  }
  return text;
}

}  // namespace

std::string render_parents(const graph::Revision& revision) {
  return revision.down_revisions.empty() ? "<base>"
                                         : join(revision.down_revisions, ", ");
}

std::string render_line(const graph::RevisionMap& map, const script::Script& script,
                        const LineParts& parts, const CurrentIds& current) {
  const auto& id = script.revision.revision;
  std::string line;
  if (parts.parents == Parents::Shown) line += lineage(script.revision);
  line += id;
  if (parts.labels == Labels::Shown) {
    const auto labels = map.labels(id);
    if (!labels.empty()) line += " (" + join(labels, ", ") + ")";
  }
  line += head_mark(map, id);
  if (current.contains(id)) line += " (current)";
  if (parts.places == Places::All) line += place_marks(map, id);
  if (parts.doc == Doc::Shown) line += ", " + script.doc;
  return line;
}

std::string render_entry(const graph::RevisionMap& map, const script::Script& script,
                         const CurrentIds& current) {
  const auto& revision = script.revision;
  const auto& id = revision.revision;
  // Unlike the one line, an entry does not tell an effective head from a head.
  std::string entry = "Rev: " + id;
  if (map.is_head(id, Edges::Versioned)) entry += " (head)";
  entry += place_marks(map, id);
  if (current.contains(id)) entry += " (current)";
  entry += map.is_merge_point(id) ? "\nMerges: " : "\nParent: ";
  entry += render_parents(revision) + "\n";
  if (!revision.depends_on.empty()) {
    entry += "Also depends on: " + join(revision.depends_on, ", ") + "\n";
  }
  if (map.is_branch_point(id)) {
    entry += "Branches into: " + join(map.children(id, Edges::Versioned), ", ") + "\n";
  }
  const auto labels = map.labels(id);
  if (!labels.empty()) entry += "Branch names: " + join(labels, ", ") + "\n";
  entry += "Path: " + script.path + "\n\n";
  return entry + indented(script.longdoc) + "\n\n";
}

}  // namespace revise::output
