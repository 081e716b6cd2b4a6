/// What nearly every command begins with: settings, scripts and their graph.
///
/// Opens no database and starts no compiler.

#pragma once

#include <string>
#include <vector>

#include "engine/commands/command.hpp"
#include "engine/config/config.hpp"
#include "engine/graph/revision_map.hpp"
#include "engine/script/script_directory.hpp"

namespace revise::commands {

struct Project {
  config::Sources sources;
  config::Settings settings;
  script::ScriptDirectory scripts;
  graph::RevisionMap map;
};

/// Reads settings and scripts, or takes both from the bundle. The log is shown from
/// here on. Throws what is wrong with any of them.
Project open_project(const Invocation& invocation, config::Need need);

/// The settings alone, for what needs no scripts.
config::Sources open_settings(const Invocation& invocation);

/// Throws Error that names the command when the units are linked in, and there is
/// nowhere to write one to.
void require_script_directory(const Invocation& invocation);

}  // namespace revise::commands
