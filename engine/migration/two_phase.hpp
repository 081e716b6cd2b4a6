/// Commits the transactions of several PostgreSQL databases all or none.
/// https://www.postgresql.org/docs/15/sql-prepare-transaction.html
///
/// What a run that is cut off leaves prepared is ended by the next one: see
/// left_prepared.hpp.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/migration/prepared.hpp"
#include "engine/migration/signal_watch.hpp"

namespace revise::migration {

/// What is told while it goes on, of a participant by its place.
struct TwoPhaseEvents {
  /// What is done or fails from now on is that one's.
  std::function<void(std::size_t place)> turn_to;
  std::function<void(std::size_t place)> committed;
  /// That one is neither committed nor rolled back, as far as is known: in words.
  std::function<void(std::size_t place, const std::string& state)> left;
};

/// Prepares each open transaction, then commits each. Throws what kept one from being
/// prepared, or the first from being committed: none is committed then. Throws what
/// kept a later one from being committed once all the others are.
void commit_in_two_phases(const std::vector<Participant>& participants,
                          SignalWatch& signals, const TwoPhaseEvents& events);

}  // namespace revise::migration
