/// What is told of an error, and with which status the process ends.

#pragma once

#include <exception>
#include <string>

#include "engine/commands/arguments.hpp"

namespace revise::commands {

struct Failure {
  std::string text;  ///< "FAILED: ..." and further lines, each ended by a newline
  int exit_status;
};

/// `line` is what was being carried out, or empty: Alembic words some errors
/// differently in each command. With --raiseerr it is also told what was being done.
Failure describe_failure(const std::exception& error, const CommandLine& line);

}  // namespace revise::commands
