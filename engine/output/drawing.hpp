/// Draws a graph with lines of text, as `git log --graph` does.
///
/// Which nodes there are, in which order, and what is said of each is the caller's.

#pragma once

#include <string>
#include <vector>

namespace revise::output {

struct DrawnNode {
  std::string id;
  std::vector<std::string> parents = {};  ///< ids; empty: a root
  std::string text = {};                  ///< beside it; further lines below
};

/// One line a node and those that lead its edges, each ended by a newline. A node
/// stands above its parents: `nodes` must be in such an order. A parent that is not
/// among them is an edge to below the drawing.
std::string draw(const std::vector<DrawnNode>& nodes);

}  // namespace revise::output
