/// The one order in which revisions are listed and run.
///
/// Which revisions those are is resolve.hpp's business.

#pragma once

#include <vector>

#include "engine/graph/resolve.hpp"
#include "engine/graph/revision_map.hpp"

namespace revise::graph {

/// `selection` newest first: Alembic's _topological_sort (script/revision.py 1.19),
/// which drains one line of history after the other. A downgrade runs it as it is,
/// an upgrade from its end. Each comes before all that it stands on.
std::vector<RevisionId> newest_first(const RevisionMap& map,
                                     const Selection& selection);

/// The whole graph, newest first: what `history` lists.
std::vector<RevisionId> newest_first(const RevisionMap& map);

}  // namespace revise::graph
