/// What a PostgreSQL server answers to a string of statements, with all its fields.
///
/// libpqxx keeps a message and an SQLSTATE of an error; libpq's events show every
/// result. Which statement of the string is to blame is the connection's business.

#pragma once

#include <libpq-fe.h>

#include <string>
#include <vector>

#include "engine/core/error.hpp"

namespace revise::driver {

struct Answers {
  int completed = 0;            ///< statements, in the order of the string
  std::vector<int> ended = {};  ///< places of those whose tag is COMMIT or ROLLBACK
  bool has_written = false;     ///< the last one is an INSERT, UPDATE, DELETE or MERGE
  bool copies = false;          ///< COPY wants data, or gives some
  int copy_place = 0;           ///< of the first such among the statements
  bool refused = false;
  std::string message = {};
  DatabaseErrorDetails details = {};
};

/// From now on each result of `connection` is noted in `answers`, which must outlive
/// it, and what the server says besides goes to the log by its severity. When the
/// server takes its leave that way, its words are kept as the answer.
void listen_to(PGconn* connection, Answers& answers);

}  // namespace revise::driver
