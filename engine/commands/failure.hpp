/// What is told of an error, and with which status the process ends.

#pragma once

#include <exception>
#include <string>

#include "engine/commands/revision_message.hpp"

namespace revise::commands {

struct Failure {
  std::string text;  ///< "FAILED: ..." and further lines, each ended by a newline
  int exit_status;
};

/// How much is told.
enum class Detail {
  Message,   ///< what is wrong, the state things are in, the way out
  Contexts,  ///< and what was being done when it arose (--raiseerr)
};

/// `request` is what was asked of the graph: Alembic words some errors differently in
/// each command.
Failure describe_failure(const std::exception& error, const RevisionRequest& request,
                         Detail detail);

}  // namespace revise::commands
