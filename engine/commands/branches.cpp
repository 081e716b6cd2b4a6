#include "engine/commands/commands.hpp"
#include "engine/commands/printing.hpp"
#include "engine/graph/order.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {kVerbose, kJson};

// A branch point, what follows it below, and an empty line.
std::string render_branch(const Invocation& invocation, const Project& project,
                          const graph::RevisionId& id) {
  const bool is_verbose = invocation.arguments.has("verbose");
  const auto& script = project.scripts.at(id);
  const output::LineParts parts{.labels = output::Labels::Shown};
  auto child_parts = parts;
  if (is_verbose) child_parts.doc = output::Doc::Shown;
  std::string text = is_verbose
                         ? output::render_entry(project.map, script)
                         : output::render_line(project.map, script, parts) + "\n";
  for (const auto& child : project.map.children(id, graph::Edges::Versioned)) {
    text += std::string(id.size(), ' ') + " -> " +
            output::render_line(project.map, project.scripts.at(child), child_parts) +
            "\n";
  }
  return text + "\n";
}

Status run(const Invocation& invocation) {
  const auto project = open_project(invocation, config::Need::Script);
  std::vector<graph::RevisionId> points;
  for (const auto& id : graph::newest_first(project.map)) {
    if (project.map.is_branch_point(id)) points.push_back(id);
  }
  if (invocation.arguments.has("json")) {
    print_revisions(invocation, project, points, {});
    return Status::Done;
  }
  for (const auto& id : points) {
    invocation.console.print(render_branch(invocation, project, id));
  }
  return Status::Done;
}

}  // namespace

const Command kBranches{
    .name = "branches",
    .summary = "Show current branch points.",
    .options = kOptions,
    .example = "  revise branches -v\n",
    .run = run,
};

}  // namespace revise::commands
