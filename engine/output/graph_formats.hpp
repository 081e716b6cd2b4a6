/// The whole graph as a picture: for a terminal, for Graphviz, for Mermaid.

#pragma once

#include <string>

#include "engine/output/listing.hpp"
#include "engine/script/script_directory.hpp"

namespace revise::output {

/// A drawing with lines, newest first; beside each revision its labels, its places,
/// whether it is one of `current`, and its doc.
std::string render_graph_text(const graph::RevisionMap& map,
                              const script::ScriptDirectory& scripts,
                              const CurrentIds& current);

/// In Graphviz's language; dependencies are dashed edges.
std::string render_graph_dot(const graph::RevisionMap& map,
                             const script::ScriptDirectory& scripts,
                             const CurrentIds& current);

/// In Mermaid's language, as Markdown pages show it.
std::string render_graph_mermaid(const graph::RevisionMap& map,
                                 const script::ScriptDirectory& scripts,
                                 const CurrentIds& current);

}  // namespace revise::output
