#include "engine/commands/symbols.hpp"

#include "engine/commands/environment.hpp"
#include "engine/graph/resolve.hpp"
#include "engine/graph/target.hpp"

namespace revise::commands {

std::vector<graph::RevisionId> revisions_named(const Invocation& invocation,
                                               const Project& project,
                                               const std::string& symbol) {
  if (symbol == kCurrentSymbol) {
    return graph::resolve_rows(project.map,
                               rows_of_all(rows_of_databases(invocation, project)));
  }
  std::vector<graph::RevisionId> ids;
  for (const auto& id : graph::resolve_all(project.map, graph::parse_symbol(symbol))) {
    if (id) ids.push_back(*id);
  }
  return ids;
}

}  // namespace revise::commands
