/// Which database a command works on, and what it holds now.

#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/commands/project.hpp"
#include "engine/driver/connect.hpp"
#include "engine/driver/url.hpp"
#include "engine/migration/settings.hpp"
#include "engine/operations/run_arguments.hpp"
#include "engine/unit/environment.hpp"

namespace revise::commands {

struct Database {
  std::string name = {};  ///< one of the setting `databases`; empty: there are none
  driver::Url url = {};
  std::string source = {};  ///< which setting the URL came from
  driver::ConnectOptions options = {};
  migration::Settings settings = {};
  operations::RunArguments arguments = {};
  // What an env.cpp alone can say.
  std::vector<VersionApplyCallback> on_version_apply = {};
  std::vector<std::string> statements = {};  ///< execute()
  std::string static_output = {};
  OutputBuffer output_buffer = {};
  std::optional<std::string> starting_rev = {};

  /// Which database and version table this is, whoever asks: without a password, and
  /// the same for each way to write a file's path.
  std::string identity() const;
};

/// What an env.cpp said of one database, and found out about it; empty without one.
struct Configuration {
  std::string name = {};  ///< as Database's
  operations::RunArguments arguments = {};
  environment::Host said = {};
};

/// From the command line, what an env.cpp said, and the settings, in this order. Opens
/// nothing. `project` was opened with Need::All.
Database choose_database(const Invocation& invocation, const Project& project,
                         const Configuration& configuration);

/// How long --wait-lock says; none: it was not given. Throws UsageError.
std::optional<std::chrono::milliseconds> given_wait_lock(const Arguments& arguments);

/// Tells on standard error which database will be changed, and where its URL stood.
void announce(const Invocation& invocation, const Database& database);

/// Tells in the log, with Alembic's lines, how the database will be treated.
void log_context(const Database& database);

std::unique_ptr<driver::Connection> open_database(const Database& database,
                                                  driver::Access access);

/// Whether it is an SQLite file that is not there yet: it holds nothing, and opening it
/// would create it.
bool is_absent(const Database& database);

/// The rows of the version table, sorted; empty when there is none. Creates nothing.
std::vector<graph::RevisionId> current_rows(const Database& database);

}  // namespace revise::commands
