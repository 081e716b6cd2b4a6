#include "engine/commands/registry.hpp"

#include "engine/commands/commands.hpp"

namespace revise::commands {

namespace {

constexpr const Command* kCommands[] = {
    &kBranches,      &kBuild,    &kBundle, &kCurrent, &kDowngrade, &kEdit,
    &kEnsureVersion, &kGraph,    &kHeads,  &kHistory, &kInit,      &kListTemplates,
    &kMerge,         &kRevision, &kShow,   &kStamp,   &kUpgrade,
};

}  // namespace

std::span<const Command* const> all_commands() { return kCommands; }

const Command* find_command(std::string_view name) {
  for (const Command* command : kCommands) {
    if (command->name == name) return command;
  }
  return nullptr;
}

}  // namespace revise::commands
