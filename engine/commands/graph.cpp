#include "engine/commands/commands.hpp"
#include "engine/commands/environment.hpp"
#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/output/graph_formats.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {
    {"format", '\0', "FORMAT", "text (default), dot for Graphviz, or mermaid"},
};

using Render = std::string (*)(const graph::RevisionMap&,
                               const script::ScriptDirectory&,
                               const output::CurrentIds&);

Render render_for(const std::string& format) {
  if (format == "text") return output::render_graph_text;
  if (format == "dot") return output::render_graph_dot;
  if (format == "mermaid") return output::render_graph_mermaid;
  throw UsageError("no format is called " + quoted(format) +
                   "; there are text, dot and mermaid");
}

// A drawing is of use without a database too: it is then told what is not marked.
output::CurrentIds ids_to_mark(const Invocation& invocation, const Project& project) {
  try {
    const auto rows = rows_of_all(rows_of_databases(invocation, project));
    return {rows.begin(), rows.end()};
  } catch (const UsageError&) {
    throw;
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
    log::warning("revise.commands.graph",
                 std::string("current revisions are not marked: ") + error.what());
    return {};
  }
}

Status run(const Invocation& invocation) {
  const auto render = render_for(invocation.arguments.value("format").value_or("text"));
  const auto project = open_project(invocation, config::Need::All);
  invocation.console.print(
      render(project.map, project.scripts, ids_to_mark(invocation, project)));
  return Status::Done;
}

}  // namespace

const Command kGraph{
    .name = "graph",
    .summary =
        "Draw the revisions with their branches; heads, labels and current marked.",
    .options = kOptions,
    .example =
        "  revise graph\n"
        "  revise graph --format dot | dot -Tsvg > revisions.svg\n",
    .run = run,
};

}  // namespace revise::commands
