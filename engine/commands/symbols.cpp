#include "engine/commands/symbols.hpp"

#include "engine/commands/environment.hpp"
#include "engine/commands/known_rows.hpp"
#include "engine/graph/resolve.hpp"
#include "engine/graph/target.hpp"

namespace revise::commands {

std::vector<graph::RevisionId> revisions_named(const Invocation& invocation,
                                               const Project& project,
                                               const std::string& symbol) {
  if (symbol == kCurrentSymbol) {
    const auto rows = rows_of_all(rows_of_databases(invocation, project));
    return with_known_rows(project.map, rows,
                           [&] { return graph::resolve_rows(project.map, rows); });
  }
  std::vector<graph::RevisionId> ids;
  for (const auto& id : graph::resolve_all(project.map, graph::parse_symbol(symbol))) {
    if (id) ids.push_back(*id);
  }
  return ids;
}

}  // namespace revise::commands
