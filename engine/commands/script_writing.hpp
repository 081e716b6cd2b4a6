/// Makes a new unit: what `revision` and `merge` have in common.

#pragma once

#include <string>
#include <vector>

#include "engine/commands/project.hpp"
#include "engine/graph/target.hpp"

namespace revise::commands {

/// What was asked for; empty: not given.
struct NewRevision {
  std::string message = {};
  std::vector<std::string> heads = {};  ///< symbols of those to follow
  bool splice = false;                  ///< those may have followers already
  std::string branch_label = {};
  std::string version_path = {};
  std::string rev_id = {};
  std::vector<std::string> depends_on = {};
};

/// Checks everything, writes the unit, and runs the post-write hooks on it; says so on
/// standard output. Throws before anything is written, but for what a hook does.
void write_revision(const Invocation& invocation, const Project& project,
                    const NewRevision& wanted);

}  // namespace revise::commands
