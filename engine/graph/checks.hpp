/// What makes a set of revisions no graph to work on.
///
/// References and labels are checked where they are looked up, in revision_map.cpp.

#pragma once

#include <string_view>

#include "engine/graph/revision_map.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

/// Throws RevisionError on what is wrong with `revision` whatever stands beside it:
/// its own parent, an id that the grammar of targets could not name.
void check_alone(const Revision& revision);

/// Throws the RevisionError for a graph that is known to have a cycle. Where Alembic
/// sees it, the ids are those it lists, innocent ones above and below included, and
/// the cycle itself is in the notes; else its members.
[[noreturn]] void refuse_cycle(const RevisionMap& map, const Topology& topology);

}  // namespace revise::graph
