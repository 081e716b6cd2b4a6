/// Which database a command works on, and what it holds now.

#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/commands/project.hpp"
#include "engine/driver/connect.hpp"
#include "engine/driver/url.hpp"
#include "engine/migration/settings.hpp"

namespace revise::commands {

struct Database {
  driver::Url url = {};
  std::string source = {};  ///< which setting the URL came from
  driver::ConnectOptions options = {};
  migration::Settings settings = {};
};

/// From the command line and the settings. Opens nothing. `project` was opened with
/// Need::All.
Database choose_database(const Invocation& invocation, const Project& project);

/// How long --wait-lock says; none: it was not given. Throws UsageError.
std::optional<std::chrono::milliseconds> given_wait_lock(const Arguments& arguments);

/// Tells on standard error which database will be changed, and where its URL stood.
void announce(const Invocation& invocation, const Database& database);

/// Whether statements are sent, or written down.
enum class Mode { Online, Script };

/// Tells in the log, with Alembic's lines, how the database will be treated.
void log_context(const Database& database, Mode mode);

std::unique_ptr<driver::Connection> open_database(const Database& database,
                                                  driver::Access access);

/// Whether it is an SQLite file that is not there yet: it holds nothing, and opening it
/// would create it.
bool is_absent(const Database& database);

/// The rows of the version table, sorted; empty when there is none. Creates nothing.
std::vector<graph::RevisionId> current_rows(const Database& database);

}  // namespace revise::commands
