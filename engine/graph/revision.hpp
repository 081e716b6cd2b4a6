/// A node of the graph of revisions, as plain values.
///
/// Where it was read from, and what it does, is not known here: `origin` is opaque.

#pragma once

#include <string>
#include <vector>

namespace revise::graph {

using RevisionId = std::string;

struct Revision {
  RevisionId revision = {};
  std::vector<RevisionId> down_revisions = {};  ///< full ids as declared; empty: a base
  std::vector<std::string> depends_on = {};     ///< full ids or branch labels
  std::vector<std::string> branch_labels = {};  ///< those declared by this revision
  std::string origin = {};                      ///< "file:line", quoted in errors
};

}  // namespace revise::graph
