/// The texts of --help and --version, made from the table of commands.

#pragma once

#include <string>

#include "engine/commands/command.hpp"

namespace revise::commands {

/// What there is: usage, all commands with their sentence, the global options.
std::string render_help();

/// One command: usage, sentence, arguments, options, an example.
std::string render_help(const Command& command);

std::string render_version();

}  // namespace revise::commands
