/// Opens the database that a URL names, with the driver for its dialect.
///
/// Where the URL came from is engine/config's business. Which drivers there are is
/// settled when the program is linked; the PostgreSQL driver may also be a module of
/// its own, loaded when a URL asks for it.

#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "engine/driver/connection.hpp"
#include "engine/driver/url.hpp"

namespace revise::driver {

enum class Access {
  /// SQLite: changes are refused, and no file is created: one that does not exist is
  /// taken for an empty database. PostgreSQL knows it by transaction, not by session.
  ReadOnly,
  ReadWrite,  ///< SQLite: a file that does not exist is created
};

struct ConnectOptions {
  Access access = Access::ReadWrite;
  std::string application_name = {};             ///< PostgreSQL; empty: libpq's default
  std::chrono::milliseconds busy_timeout{5000};  ///< SQLite
};

/// Throws ConfigError on a dialect that there is no driver for, DatabaseError on a
/// database that cannot be opened. A password is in no message.
std::unique_ptr<Connection> connect(const Url& url, const ConnectOptions& options = {});

}  // namespace revise::driver
