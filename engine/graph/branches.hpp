/// Branch labels and lineage: which revisions lie on a line with which.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph/revision_map.hpp"
#include "engine/graph/target.hpp"

namespace revise::graph {

/// The labels that each revision carries, declared or inherited, sorted. A label goes
/// to all that follow the revision declaring it, and, where no branch or merge point
/// is among these, down the line too until one is met (Alembic's _add_branches).
std::vector<std::vector<std::string_view>> effective_labels(
    const Topology& topology,
    const std::vector<std::pair<std::string, Vertex>>& declared);

/// Those of `ids` that are an ancestor of, a descendant of, or equal to what `symbol`
/// or its label names; all of them when it names none. Throws RevisionError.
std::vector<RevisionId> filter_lineage(const RevisionMap& map,
                                       const std::vector<RevisionId>& ids,
                                       const Symbol& symbol, Edges edges);

/// `from` and all that it stands on, in load order. Throws RevisionError.
std::vector<RevisionId> ancestors(const RevisionMap& map,
                                  const std::vector<RevisionId>& from, Edges edges);

/// `from` and all that stands on it, in load order. Throws RevisionError.
std::vector<RevisionId> descendants(const RevisionMap& map,
                                    const std::vector<RevisionId>& from, Edges edges);

}  // namespace revise::graph
