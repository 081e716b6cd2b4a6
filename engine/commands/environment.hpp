/// The databases that a command works on: the one of the settings or each of
/// `databases`, configured by the env.cpp of the script directory where there is one.
///
/// A project without env.cpp builds and loads nothing here.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/commands/database.hpp"
#include "engine/commands/project.hpp"
#include "engine/graph/version_rows.hpp"

namespace revise::commands {

/// The env.cpp of the script directory; empty: none, or nothing but comments.
std::string environment_path(const Project& project);

/// What an env.cpp may ask of the command.
struct EnvironmentRequest {
  operations::Rendering rendering = operations::Rendering::Online;
  std::optional<std::string> revision = {};  ///< what it leads to, as spelt
  /// Where a script starts, as spelt; empty: base. Absent: the command has no such
  /// thing.
  std::optional<std::string> start = {};
};

using Databases = std::vector<Database>;

/// Calls `body` with the databases, configured. An env.cpp is called for each of them,
/// and `body` from within its run_migrations(): not at all when that was not called,
/// which the log is told; with `databases` once, for all; else once a call. Throws what
/// `body` and env.cpp throw, and UsageError on a --database that is not there.
void with_databases(const Invocation& invocation, const Project& project,
                    const EnvironmentRequest& request,
                    const std::function<void(const Databases& databases)>& body);

/// What env.cpp gives as template_args, of all databases together; no database is
/// chosen or opened.
std::map<std::string, std::string> template_arguments(const Invocation& invocation,
                                                      const Project& project,
                                                      operations::Rendering rendering);

/// As with_databases(), for what only reads: rows of each.
struct DatabaseRows {
  Database database;
  graph::Rows rows;
};
std::vector<DatabaseRows> rows_of_databases(const Invocation& invocation,
                                            const Project& project);

/// The rows of all databases, each once, sorted.
graph::Rows rows_of_all(const std::vector<DatabaseRows>& databases);

}  // namespace revise::commands
