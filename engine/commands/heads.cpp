#include "engine/commands/commands.hpp"
#include "engine/commands/printing.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {
    kVerbose,
    {"resolve-dependencies", '\0', "",
      "Leave out heads that another revision depends on"},
    kJson,
};

Status run(const Invocation& invocation) {
  const auto project = open_project(invocation, config::Need::Script);
  const bool all = invocation.arguments.has("resolve-dependencies");
  const auto heads =
      project.map.heads(all ? graph::Edges::All : graph::Edges::Versioned);
  print_revisions(invocation, project, heads,
                  {.labels = output::Labels::Shown, .places = output::Places::Heads});
  return Status::Done;
}

}  // namespace

const Command kHeads{
    .name = "heads",
    .summary = "Show current available heads in the script directory.",
    .options = kOptions,
    .example =
        "  revise heads\n"
        "  revise history --pending   # what an upgrade to them would run\n",
    .run = run,
};

}  // namespace revise::commands
