#include "engine/commands/outcome.hpp"

namespace revise::commands {

std::string describe_outcome(const ProcessResult& result) {
  if (result.signal != 0) return "was ended by signal " + std::to_string(result.signal);
  return "ended with status " + std::to_string(result.exit_status);
}

}  // namespace revise::commands
