/// Opens a connection to a PostgreSQL server, or says why that cannot be.
///
/// What is then said over it is the connection's business.

#pragma once

#include <libpq-fe.h>

#include <memory>

#include "engine/driver/postgresql_parameters.hpp"

namespace revise::driver {

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};

/// Waits for as long as libpq's connect_timeout says, by default for ever. Throws
/// ConfigError on a keyword that libpq does not know, DatabaseError, with SQLSTATE
/// where a server gave one, when no server can be reached or it refuses.
std::unique_ptr<PGconn, FinishConnection> open_postgresql(
    const LibpqParameters& parameters);

/// What libpq wrote of an attempt at PQERRORS_VERBOSE, taken apart by its form alone:
/// its words are the server's, in the server's language.
struct Refusal {
  std::string message = {};  ///< one line; several hosts' between "; "
  std::string code = {};     ///< the last SQLSTATE; empty: no server gave one
  std::string detail = {};
  std::string hint = {};
};
Refusal parse_refusal(std::string_view text);

}  // namespace revise::driver
