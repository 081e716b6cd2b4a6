/// Where revisions are: script_location and version_locations, with their separators
/// and Alembic's `package:folder` form.

#pragma once

#include "engine/config/config.hpp"

namespace revise::config {

/// Fills script_location, version_locations and prepend_sys_path. Throws ConfigError
/// as read_settings does. Adds to `sources.warnings`.
void read_locations(Sources& sources, ScriptSettings& settings);

}  // namespace revise::config
