#include "engine/migration/left_prepared.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/failure.hpp"
#include "engine/migration/lock.hpp"

namespace revise::migration {

namespace {

bool is_pooled(driver::Connection& connection) {
  const auto found = connection.query("SELECT pg_backend_pid()::bigint");
  return std::get<std::int64_t>(found.rows.at(0).at(0)) != connection.backend_pid();
}

void check_capable(const Participant& participant) {
  const auto name = quoted(participant.run.database);
  if (!is_postgresql(participant)) {
    throw ConfigError("twophase = true is for PostgreSQL alone, and the database " +
                      name + " is none; set it to false");
  }
  auto& connection = participant.session.connection();
  const auto shown =
      connection.query("SELECT current_setting('max_prepared_transactions')::bigint");
  if (std::get<std::int64_t>(shown.rows.at(0).at(0)) == 0) {
    throw ConfigError(
        "twophase = true needs max_prepared_transactions > 0 on the server of the "
        "database " +
        name + "; raise it there, or set twophase = false");
  }
  // Only a session's lock tells that whoever prepared something is gone.
  if (participant.run.settings.locking != Locking::Session) {
    throw ConfigError("twophase = true needs lock = true, and the database " + name +
                      " is run without; set one of the two otherwise");
  }
  if (is_pooled(connection)) {
    throw ConfigError(
        "twophase = true needs a session of its own, and a transaction pooler stands "
        "before the database " +
        name + "; give the server's own URL, or set twophase = false");
  }
}

// Whatever fails before a run begins is told as what fails in it.
template <typename Do>
void in_database(const Participant& participant, const Do& act) {
  try {
    act();
  } catch (const ConfigError&) {  // which says all of it
    throw;
  } catch (Error& error) {
    auto* database = dynamic_cast<DatabaseError*>(&error);
    if (database != nullptr) tell_refused(*database);
    tell_database(error, participant.run.database);
    tell_state(error, {}, participant.run.effect, {});
    throw;
  }
}

struct Left {
  Prepared prepared;
  const Participant* participant;
};

std::vector<Left> find_left(const std::vector<Participant>& participants) {
  std::vector<Left> left;
  for (const auto& participant : participants) {
    if (!is_postgresql(participant)) continue;
    in_database(participant, [&] {
      for (auto& prepared : find_prepared(participant)) {
        left.push_back({std::move(prepared), &participant});
      }
    });
  }
  return left;
}

DatabaseError cut_off(const Left& left) {
  return DatabaseError(
      "an earlier run was cut off while it committed several databases, and left " +
      quoted(left.prepared.gid) + " prepared");
}

// Its owner may still be at work: only with the lock is it certain that it is not.
void check_lockable(const Left& left) {
  const auto& participant = *left.participant;
  std::string need;
  if (participant.run.settings.locking != Locking::Session) {
    need = "run it once with lock = true";
  } else if (is_pooled(participant.session.connection())) {
    need =
        "run it once with the server's own URL: a transaction pooler stands before it";
  } else {
    return;
  }
  auto error = cut_off(left);
  error.add_note("way out: " + need + ", so that it can be ended");
  throw error;
}

std::vector<Left> find_lockable(const std::vector<Participant>& participants) {
  auto found = find_left(participants);
  for (const auto& left : found) {
    in_database(*left.participant, [&] { check_lockable(left); });
  }
  return found;
}

bool is_first_of(const Participant& participant, const Prepared& prepared) {
  if (!is_postgresql(participant)) return false;
  const auto place = participant.place.server.empty()
                         ? find_place(participant.session.connection())
                         : participant.place;
  return name_of_first(participant.run, place) == prepared.first;
}

// Of the first transaction of the run, by its own server's account.
Fate fate_of_first(const Left& left, const std::vector<Participant>& participants) {
  const auto fate = [&](const Participant& participant) {
    return find_fate(participant.session.connection(), left.prepared.transaction);
  };
  if (left.prepared.place == 0 || left.prepared.where == Prepared::First::Here) {
    return fate(*left.participant);
  }
  for (const auto& participant : participants) {
    if (is_first_of(participant, left.prepared)) return fate(participant);
  }
  return Fate::Unknown;
}

// On the same server, but in a database that this run has nothing to do with.
std::string first_by_hand(const Left& left) {
  const auto& participant = *left.participant;
  const auto found = participant.session.connection().query(
      "SELECT gid, database::text FROM pg_catalog.pg_prepared_xacts WHERE gid LIKE " +
      participant.session.dialect().literal("revise:%:" + left.prepared.run + ":0:%"));
  if (found.rows.empty()) return {};
  const auto& row = found.rows.front();
  return ending_sql(std::get<std::string>(row.at(0)), Ending::Rollback) +
         " in that server's database " + quoted(std::get<std::string>(row.at(1))) +
         ", and then this again";
}

[[noreturn]] void refuse_to_guess(const Left& left, Fate fate) {
  auto error = cut_off(left);
  std::string by_hand = fate == Fate::Open ? first_by_hand(left) : std::string();
  if (by_hand.empty()) {
    const auto& gid = left.prepared.gid;
    by_hand = "where the first of them was committed " +
              ending_sql(gid, Ending::Commit) + ", else " +
              ending_sql(gid, Ending::Rollback);
  }
  error.add_note(
      "way out: run it again for all databases, so that it can be told whether the "
      "first of them was committed; or by hand: " +
      by_hand);
  throw error;
}

void end(const Left& left, Ending ending) {
  const auto& run = left.participant->run;
  try {
    end_prepared(left.participant->session.connection(), left.prepared, ending);
  } catch (Error& error) {
    error.add_note("it was left by an earlier run; the role " +
                   quoted(left.prepared.owner) + " and superusers may end it");
    throw;
  }
  if (!run.progress.notice) return;
  run.progress.notice(
      "an earlier run was cut off while it committed; its part " +
      (run.database.empty() ? std::string() : "in the database " + run.database + " ") +
      "was " + (ending == Ending::Commit ? "committed" : "rolled back") + " now");
}

// Those of one run, by place.
void resolve(std::vector<Left> left, const std::vector<Participant>& participants) {
  std::sort(left.begin(), left.end(), [](const auto& a, const auto& b) {
    return a.prepared.place < b.prepared.place;
  });
  const auto& first = left.front();
  std::optional<Ending> ending;
  in_database(*first.participant, [&] {
    const auto fate = fate_of_first(first, participants);
    if (fate == Fate::Committed) ending = Ending::Commit;
    // Rolled back before the others are, which decides.
    if (fate == Fate::RolledBack || (fate == Fate::Open && first.prepared.place == 0)) {
      ending = Ending::Rollback;
    }
    if (!ending) refuse_to_guess(first, fate);
  });
  for (const auto& each : left) {
    in_database(*each.participant, [&] { end(each, *ending); });
  }
}

std::vector<const Participant*> in_lock_order(
    const std::vector<Participant>& participants) {
  std::vector<const Participant*> ordered;
  for (const auto& participant : participants) {
    if (is_postgresql(participant) &&
        participant.run.settings.locking == Locking::Session) {
      ordered.push_back(&participant);
    }
  }
  std::sort(ordered.begin(), ordered.end(), [](const auto* one, const auto* other) {
    return identity_of(*one) < identity_of(*other);
  });
  return ordered;
}

}  // namespace

void check_two_phases(const std::vector<Participant>& participants) {
  for (const auto& participant : participants) {
    in_database(participant, [&] { check_capable(participant); });
  }
}

// Under all locks: what is prepared may be that of a run that goes on.
void end_left_prepared(const std::vector<Participant>& participants) {
  if (find_lockable(participants).empty()) return;
  const auto ordered = in_lock_order(participants);
  SignalWatch signals;
  for (const auto* each : ordered) {
    in_database(*each, [&] {
      const auto& run = each->run;
      take_lock(each->session, run.settings, signals, run.progress.notice);
    });
  }
  std::map<std::string, std::vector<Left>> by_run;
  for (auto& left : find_lockable(participants)) {
    by_run[left.prepared.run].push_back(std::move(left));
  }
  for (auto& [run, left] : by_run) resolve(std::move(left), participants);
  for (const auto* each : ordered) each->session.unlock();
}

}  // namespace revise::migration
