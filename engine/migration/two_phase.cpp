// Prepared in order, committed in order, rolled back in reverse: so the first one's
// state decides. As long as it is prepared none was committed; once it is gone, and
// others are not, all were prepared, and it was committed.

#include "engine/migration/two_phase.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/lock.hpp"

namespace revise::migration {

namespace {

std::string short_hash(const std::string& text) { return sha256(text).substr(0, 12); }

// Of a transaction: "revise:TABLE:RUN:PLACE:FIRST", with hashes of the version table,
// of the run and of the first database in it.
struct Prepared {
  std::string run;
  int place = 0;
  std::string first;
  std::string gid;
  const Participant* participant = nullptr;
};

std::string table_hash(const Participant& participant) {
  const auto& table = participant.run.settings.version_table;
  return short_hash(table.schema + "\n" + table.name);
}

std::string first_hash(const Participant& participant) {
  return short_hash(participant.run.identity);
}

std::optional<Prepared> parse_gid(const std::string& gid) {
  const auto parts = split(gid, ':');
  if (parts.size() != 5) return std::nullopt;
  Prepared prepared{.run = parts[2], .first = parts[4], .gid = gid};
  const auto& place = parts[3];
  const auto end = place.data() + place.size();
  if (std::from_chars(place.data(), end, prepared.place).ptr != end)
    return std::nullopt;
  return prepared;
}

std::string literal(const Participant& participant, const std::string& text) {
  return participant.session.dialect().literal(text);
}

void check_capable(const Participant& participant) {
  const auto& name = participant.run.database;
  if (participant.session.dialect().name() != "postgresql") {
    throw ConfigError("twophase = true is for PostgreSQL alone, and the database " +
                      quoted(name) + " is none; set it to false");
  }
  const auto shown = participant.session.connection().query(
      "SELECT current_setting('max_prepared_transactions')::bigint");
  if (std::get<std::int64_t>(shown.rows.at(0).at(0)) > 0) return;
  throw ConfigError(
      "twophase = true needs max_prepared_transactions > 0 on the server of the "
      "database " +
      quoted(name) + "; raise it there, or set twophase = false");
}

std::vector<Prepared> find_prepared(const std::vector<Participant>& participants) {
  std::vector<Prepared> found;
  for (const auto& participant : participants) {
    const auto rows =
        participant.session.connection()
            .query(
                "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = "
                "current_database() AND gid LIKE " +
                literal(participant, "revise:" + table_hash(participant) + ":%") +
                " ORDER BY gid")
            .rows;
    for (const auto& row : rows) {
      auto prepared = parse_gid(std::get<std::string>(row.at(0)));
      if (!prepared) continue;
      prepared->participant = &participant;
      found.push_back(*prepared);
    }
  }
  return found;
}

void end(const Prepared& prepared, const std::string& how) {
  prepared.participant->session.connection().execute(
      how + " PREPARED " + literal(*prepared.participant, prepared.gid));
}

void tell(const Participant& participant, const std::string& line) {
  if (participant.run.progress.notice) participant.run.progress.notice(line);
}

// Those of one run, by place.
void resolve(std::vector<Prepared> left, const std::vector<Participant>& participants) {
  std::sort(left.begin(), left.end(),
            [](const auto& a, const auto& b) { return a.place < b.place; });
  const bool is_committed = left.front().place != 0;
  const bool knows_first = std::any_of(
      participants.begin(), participants.end(),
      [&](const auto& each) { return first_hash(each) == left.front().first; });
  if (is_committed && !knows_first) {
    DatabaseError error(
        "an earlier run was cut off while it committed several databases, and left " +
        quoted(left.front().gid) + " prepared");
    error.add_note(
        "run it again for all databases, so that it can be told whether the "
        "others were committed");
    throw error;
  }
  if (!is_committed) std::reverse(left.begin(), left.end());
  for (const auto& prepared : left) {
    end(prepared, is_committed ? "COMMIT" : "ROLLBACK");
    tell(*prepared.participant,
         "an earlier run was cut off while it committed; its part in the database " +
             prepared.participant->run.database + " was " +
             (is_committed ? "committed" : "rolled back") + " now");
  }
}

// Under all locks: what is prepared may be that of a run that goes on.
void end_left_over(const std::vector<Participant>& participants) {
  if (find_prepared(participants).empty()) return;
  std::vector<const Participant*> ordered;
  for (const auto& participant : participants) ordered.push_back(&participant);
  std::sort(ordered.begin(), ordered.end(), [](const auto* one, const auto* other) {
    return one->run.identity < other->run.identity;
  });
  SignalWatch signals;
  for (const auto* each : ordered) {
    take_lock(each->session, each->run.settings, signals, each->run.progress.notice);
  }
  std::map<std::string, std::vector<Prepared>> by_run;
  for (auto& prepared : find_prepared(participants)) {
    by_run[prepared.run].push_back(std::move(prepared));
  }
  for (auto& [run, left] : by_run) resolve(std::move(left), participants);
  for (const auto* each : ordered) each->session.unlock();
}

std::string new_run_hash() {
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return short_hash(std::to_string(now) + " " + std::to_string(::getpid()));
}

}  // namespace

void prepare_two_phases(const std::vector<Participant>& participants) {
  for (const auto& participant : participants) check_capable(participant);
  end_left_over(participants);
}

namespace {

void roll_back(const std::vector<Prepared>& prepared, Error& error) {
  try {
    for (auto each = prepared.rbegin(); each != prepared.rend(); ++each) {
      end(*each, "ROLLBACK");
    }
  } catch (const Error& again) {
    error.add_note(std::string("what was prepared is left so (") + again.what() +
                   "); the next run on the same databases rolls it back");
  }
}

}  // namespace

void commit_in_two_phases(const std::vector<Participant>& participants,
                          SignalWatch& signals,
                          const std::function<void(std::size_t place)>& committed) {
  const auto run = new_run_hash();
  const auto first = first_hash(participants.front());
  std::vector<Prepared> prepared;
  try {
    for (const auto& participant : participants) {
      signals.check();
      const auto place = static_cast<int>(prepared.size());
      const auto gid = "revise:" + table_hash(participant) + ":" + run + ":" +
                       std::to_string(place) + ":" + first;
      participant.session.connection().execute("PREPARE TRANSACTION " +
                                               literal(participant, gid));
      prepared.push_back({run, place, first, gid, &participant});
    }
  } catch (Error& error) {
    signals.watch(nullptr);
    roll_back(prepared, error);
    throw;
  }
  // From here on it goes forward only.
  signals.watch(nullptr);
  for (std::size_t i = 0; i < prepared.size(); ++i) {
    try {
      end(prepared[i], "COMMIT");
    } catch (Error& error) {
      error.add_note(
          "all databases had agreed to commit; the next run on them commits the rest");
      throw;
    }
    committed(i);
  }
}

}  // namespace revise::migration
