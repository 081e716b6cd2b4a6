/// Ends what an earlier run on several PostgreSQL databases left prepared, which holds
/// its locks until then.
///
/// How it comes to be prepared is two_phase.hpp's business.

#pragma once

#include <vector>

#include "engine/migration/prepared.hpp"

namespace revise::migration {

/// Throws ConfigError on a database that cannot be committed in two phases, or in which
/// what is left prepared could not be ended.
void check_two_phases(const std::vector<Participant>& participants);

/// Commits it where the first database of its run was committed, else rolls it back.
/// Throws DatabaseError where that cannot be told, or not be done here, with the way
/// out; nothing is guessed.
void end_left_prepared(const std::vector<Participant>& participants);

}  // namespace revise::migration
