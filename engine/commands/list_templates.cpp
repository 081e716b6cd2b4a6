#include "engine/commands/commands.hpp"
#include "engine/commands/templates.hpp"

namespace revise::commands {

namespace {

Status run(const Invocation& invocation) {
  std::string text = "Available templates:\n\n";
  for (const auto& each : find_templates(templates_directory())) {
    text += each.name + " - " + each.summary + "\n";
  }
  text +=
      "\nTemplates are used via the 'init' command, e.g.:\n\n"
      "  revise init --template generic ./scripts\n";
  invocation.console.print(text);
  return Status::Done;
}

}  // namespace

const Command kListTemplates{
    .name = "list_templates",
    .summary = "List available templates.",
    .example = "  revise list_templates\n",
    .run = run,
};

}  // namespace revise::commands
