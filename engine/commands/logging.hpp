/// Lets the engine's log be seen, as the logging sections of the ini say.

#pragma once

#include "engine/config/logging.hpp"
#include "engine/output/console.hpp"

namespace revise::commands {

/// From now on log records go to `console`'s standard error, by `settings`. `console`
/// must outlive all logging, or this must be called anew.
void show_log(output::Console& console, config::LoggingSettings settings);

}  // namespace revise::commands
