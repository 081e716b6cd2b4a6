#include "engine/commands/commands.hpp"
#include "engine/commands/editor.hpp"
#include "engine/commands/symbols.hpp"
#include "engine/core/error.hpp"

namespace revise::commands {

namespace {

Status run(const Invocation& invocation) {
  require_script_directory(invocation);
  const std::string& symbol = invocation.arguments.positionals.front();
  const bool is_current = symbol == kCurrentSymbol;
  const auto project =
      open_project(invocation, is_current ? config::Need::All : config::Need::Script);
  const auto ids = revisions_named(invocation, project, symbol);
  if (ids.empty()) {
    throw RevisionError(RevisionErrorKind::Command,
                        is_current
                            ? "No current revisions"
                            : "No revision files indicated by symbol '" + symbol + "'");
  }
  invocation.console.flush();
  for (const auto& id : ids) open_editor(project.scripts.at(id).path);
  return Status::Done;
}

}  // namespace

const Command kEdit{
    .name = "edit",
    .summary = "Edit revision script(s) using $EDITOR.",
    .positional = {Arity::One, "rev",
                   "What 'show' takes: an id or the beginning of one, head, current"},
    .example = "  EDITOR='code --wait' revise edit head\n",
    .run = run,
};

}  // namespace revise::commands
