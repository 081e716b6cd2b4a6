#include "engine/commands/commands.hpp"
#include "engine/commands/database.hpp"
#include "engine/commands/printing.hpp"
#include "engine/commands/symbols.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {kJson};

Status run(const Invocation& invocation) {
  const std::string& symbol = invocation.arguments.positionals.front();
  const auto project = open_project(
      invocation, symbol == kCurrentSymbol ? config::Need::All : config::Need::Script);
  const auto ids = revisions_named(invocation, project, symbol);
  if (invocation.arguments.has("json")) {
    std::optional<output::CurrentIds> current;
    if (symbol == kCurrentSymbol) current.emplace(ids.begin(), ids.end());
    print_revisions(invocation, project, ids, {}, current);
    return Status::Done;
  }
  for (const auto& id : ids) {
    invocation.console.print(output::render_entry(project.map, project.scripts.at(id)));
  }
  return Status::Done;
}

}  // namespace

const Command kShow{
    .name = "show",
    .summary = "Show the revision(s) denoted by the given symbol.",
    .positional = {Arity::One, "rev",
                   "An id or the beginning of one, a branch label, head, heads, "
                   "label@head, current, or -N: N before the heads"},
    .options = kOptions,
    .example =
        "  revise show head\n"
        "  revise show current\n"
        "  revise history --pending   # those that an upgrade would run\n",
    .run = run,
};

}  // namespace revise::commands
