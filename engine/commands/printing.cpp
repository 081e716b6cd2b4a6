#include "engine/commands/printing.hpp"

#include "engine/output/json.hpp"

namespace revise::commands {

void print_revisions(const Invocation& invocation, const Project& project,
                     const std::vector<graph::RevisionId>& ids,
                     const output::LineParts& parts,
                     const std::optional<output::CurrentIds>& current) {
  auto& console = invocation.console;
  if (invocation.arguments.has("json")) {
    std::vector<const script::Script*> scripts;
    for (const auto& id : ids) scripts.push_back(&project.scripts.at(id));
    console.print(
        output::render_json(invocation.command, project.map, scripts, current));
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

}  // namespace revise::commands
