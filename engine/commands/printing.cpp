#include "engine/commands/printing.hpp"

#include "engine/output/json.hpp"

namespace revise::commands {

namespace {

std::vector<const script::Script*> scripts_of(
    const Project& project, const std::vector<graph::RevisionId>& ids) {
  std::vector<const script::Script*> scripts;
  for (const auto& id : ids) scripts.push_back(&project.scripts.at(id));
  return scripts;
}

void print_json(const Invocation& invocation, const Project& project,
                const std::vector<DatabaseListing>& listings) {
  std::vector<output::DatabaseRevisions> databases;
  for (const auto& each : listings) {
    databases.push_back({each.database, scripts_of(project, each.ids), each.current});
  }
  invocation.console.print(
      output::render_json(invocation.command, project.map, databases));
}

}  // namespace

void print_revisions(const Invocation& invocation, const Project& project,
                     const std::vector<graph::RevisionId>& ids,
                     const output::LineParts& parts,
                     const std::optional<output::CurrentIds>& current) {
  auto& console = invocation.console;
  if (invocation.arguments.has("json")) {
    console.print(output::render_json(invocation.command, project.map,
                                      scripts_of(project, ids), current));
    return;
  }
  const bool is_verbose = invocation.arguments.has("verbose");
  const auto marked = current.value_or(output::CurrentIds());
  for (const auto& id : ids) {
    const auto& script = project.scripts.at(id);
    console.print(is_verbose
                      ? output::render_entry(project.map, script, marked)
                      : output::render_line(project.map, script, parts, marked) + "\n");
  }
}

void print_listings(const Invocation& invocation, const Project& project,
                    const std::vector<DatabaseListing>& listings,
                    const output::LineParts& parts) {
  auto& console = invocation.console;
  const bool is_json = invocation.arguments.has("json");
  if (is_json && !listings.front().database.empty()) {
    return print_json(invocation, project, listings);
  }
  for (const auto& each : listings) {
    if (!each.database.empty()) console.print("Database " + each.database + ":\n");
    if (!is_json) console.print(each.preface);
    print_revisions(invocation, project, each.ids, parts, each.current);
  }
}

}  // namespace revise::commands
