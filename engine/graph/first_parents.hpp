/// Each place under its first parent: a forest within the graph.
///
/// It tells of most pairs in no time that one stands on the other. What it does not
/// tell, a walk along the edges has to: see order.cpp.

#pragma once

#include <cstddef>
#include <vector>

#include "engine/graph/topology.hpp"

namespace revise::graph {

class FirstParents {
 public:
  /// Linear in places and edges.
  explicit FirstParents(const Topology& graph);

  /// Whether first parents lead from `upper` to `lower`, or both are the same. That
  /// they do not says nothing of other ways.
  bool lead(Vertex upper, Vertex lower) const {
    return entered_[upper] - entered_[lower] < size_[lower];
  }

 private:
  std::vector<std::size_t> entered_;  // numbered so that what stands on one follows it
  std::vector<std::size_t> size_;     // how many those are, itself included
};

}  // namespace revise::graph
