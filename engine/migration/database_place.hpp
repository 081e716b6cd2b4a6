/// Where a PostgreSQL database is by the server's own account, however its URL is
/// spelt.
///
/// Other dialects have no server to ask: there the URL is the place.

#pragma once

#include <string>

#include "engine/driver/connection.hpp"

namespace revise::migration {

struct DatabasePlace {
  /// The server as long as it runs: two that are copies of one differ. Empty: it does
  /// not tell.
  std::string server = {};
  /// The server for good; a copy of it has the same. Empty: it does not tell.
  std::string system = {};
  std::string database = {};  ///< its oid
};

/// Throws DatabaseError when the connection is lost.
DatabasePlace find_place(driver::Connection& connection);

}  // namespace revise::migration
