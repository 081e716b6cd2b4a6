/// The table of all commands.

#pragma once

#include <span>
#include <string_view>

#include "engine/commands/command.hpp"

namespace revise::commands {

/// In alphabetical order.
std::span<const Command* const> all_commands();

/// The command of that full name, or nullptr.
const Command* find_command(std::string_view name);

}  // namespace revise::commands
