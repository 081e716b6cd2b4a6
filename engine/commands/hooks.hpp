/// Runs the post-write hooks of the settings on a new unit.

#pragma once

#include <string>
#include <vector>

#include "engine/config/settings.hpp"
#include "engine/output/console.hpp"

namespace revise::commands {

/// One after another, without a shell; what they print goes to standard output. Throws
/// Error when one cannot be started or ends with another status than 0: the file stays,
/// and the hooks after it do not run.
void run_hooks(const std::vector<config::Hook>& hooks, const std::string& path,
               output::Console& console);

}  // namespace revise::commands
