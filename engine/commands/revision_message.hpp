/// What a command says when the graph, or a target asked of it, is at fault.
///
/// Alembic has two texts for each such error: its API's, which RevisionError carries,
/// and its commands' (script/base.py, _catch_revision_errors), which is made here and
/// nowhere else.

#pragma once

#include <string>

#include "engine/core/error.hpp"

namespace revise::commands {

/// The commands whose texts differ from all others'.
enum class RevisionUse {
  Other,
  Upgrade,
  Downgrade,
  Stamp,
  History,
  NewRevision,  ///< revision and merge
  CurrentHead,  ///< where the one head of the script directory is needed
};

struct RevisionRequest {
  RevisionUse use = RevisionUse::Other;
  std::string target = {};  ///< upgrade, downgrade: as spelt; history: the range's end
  std::string start = {};   ///< history: the range's start
};

/// The line after `FAILED: `. Texts with a Python value in them have ids instead.
std::string revision_message(const RevisionError& error,
                             const RevisionRequest& request = {});

}  // namespace revise::commands
