/// A chain of revisions each of which leaves a trace, so that a database tells how far
/// it came and whether that is what its version table says.

#pragma once

#include <string>

#include "tests/end_to_end/project.hpp"
#include "tests/support/test_database.hpp"

namespace revise::testing {

/// What the units of a chain do besides leaving a trace.
enum class ChainWork {
  Plain,         ///< a table and some rows each
  Concurrently,  ///< the middle one builds an index outside the transaction
};

/// Adds `count` units: r01, r02, ... Each makes a table of its name and writes its
/// name into the table `applied`; its downgrade takes both away.
void add_chain(const Project& project, int count, ChainWork work);

/// How the database is not at a boundary between revisions that its version table
/// names; empty: it is at one.
std::string off_boundary(const TestDatabase& database, int count);

/// How many revisions have run, by the version table; 0: none.
int revisions_run(const TestDatabase& database);

}  // namespace revise::testing
