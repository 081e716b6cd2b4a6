/// Commits the transactions of several PostgreSQL databases all or none.
/// https://www.postgresql.org/docs/15/sql-prepare-transaction.html
///
/// A run that is cut off between two of its commits leaves prepared transactions
/// behind, which hold their locks: the next run on the same databases ends them the way
/// the first of them went.

#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "engine/migration/runner.hpp"
#include "engine/migration/session.hpp"
#include "engine/migration/signal_watch.hpp"

namespace revise::migration {

struct Participant {
  const Run& run;
  Session& session;
};

/// Before a run: throws ConfigError on a database that cannot prepare transactions, and
/// ends what an earlier run left prepared.
void prepare_two_phases(const std::vector<Participant>& participants);

/// Prepares each open transaction, then commits each, and tells of each by its place.
/// Throws what kept one from being prepared; none is committed then.
void commit_in_two_phases(const std::vector<Participant>& participants,
                          SignalWatch& signals,
                          const std::function<void(std::size_t place)>& committed);

}  // namespace revise::migration
