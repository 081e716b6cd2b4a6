/// How a program that a command started ended, in words.

#pragma once

#include <string>

#include "engine/core/process.hpp"

namespace revise::commands {

/// "ended with status 3" or "was ended by signal 9".
std::string describe_outcome(const ProcessResult& result);

}  // namespace revise::commands
