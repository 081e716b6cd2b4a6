/// Reads a command line: which command, which options, which words.
///
/// By argparse's rules as far as Alembic's users know them: an option may be cut
/// short as long as it is unique, `-1` is a word and no option, `--` ends options.
/// What a value means is its command's business.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/commands/command.hpp"

namespace revise::commands {

/// What there is to do.
enum class Request { Run, Help, Version };

struct CommandLine {
  Request request = Request::Run;
  const Command* command = nullptr;  ///< nullptr: help or version of the whole
  Arguments arguments = {};          ///< the command's options and the global ones
};

/// The options that stand before the command; the long ones, and those letters that
/// the command does not use itself, may also follow it.
std::span<const Option> global_options();

/// `words` without the program's name. Throws UsageError, with what was probably
/// meant, on what does not fit.
CommandLine parse_command_line(const std::vector<std::string>& words);

}  // namespace revise::commands
