/// One of the databases of a run, as the others see it.

#pragma once

#include <string>
#include <vector>

#include "engine/migration/database_place.hpp"
#include "engine/migration/runner.hpp"
#include "engine/migration/session.hpp"

namespace revise::migration {

struct Participant {
  const Run& run;
  Session& session;
  DatabasePlace place = {};  ///< on PostgreSQL, where several databases are run
};

bool is_postgresql(const Participant& participant);

/// Which database and version table it is, the same in every run: locks are taken in
/// this order. PostgreSQL's own answer, where the place is known, else the run's.
std::string identity_of(const Participant& participant);

/// Throws ConfigError where two are one PostgreSQL database with one version table:
/// they would wait for each other for ever. Before session.read() a table without a
/// schema is not known to be the same as one with it.
void check_apart(const std::vector<Participant>& participants);

}  // namespace revise::migration
