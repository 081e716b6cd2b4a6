/// Writes a run as a script, which psql or sqlite3 runs as it is.
///
/// Nothing is connected to; the rows to start from are the caller's to give. A script
/// stops by itself where the database is not as the script expects.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/migration/runner.hpp"

namespace revise::migration {

struct OfflineRun {
  std::string dialect = {};  ///< "sqlite" or "postgresql"
  Effect effect = Effect::Units;
  graph::Rows rows = {};  ///< that the script starts from; empty: base
  graph::Plan plan = {};
  UnitSource units = {};
  Settings settings = {};
  operations::RunArguments arguments = {};
  std::vector<std::string> statements = {};  ///< as Run's
  std::string preamble = {};                 ///< text, below the first BEGIN
  VersionApplied version_applied = {};
};

/// The whole script, made before anything is printed: a step that cannot be written
/// without a database throws UnsupportedError and leaves no half of it.
std::string render_script(const OfflineRun& run);

/// The script that creates the version table alone.
std::string render_ensure_version(const OfflineRun& run);

}  // namespace revise::migration
