/// Reads a drawing as an eye does: from node to node along the lines.

#pragma once

#include <string>
#include <vector>

namespace revise::testing {

/// The edges in `drawing`, "child>parent" each, sorted. The text beside each node is
/// its id. Throws std::runtime_error, naming the line, on a line that leads nowhere.
std::vector<std::string> drawn_edges(const std::string& drawing);

}  // namespace revise::testing
