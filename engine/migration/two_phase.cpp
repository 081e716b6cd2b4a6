// All are prepared, and then the first is committed: that is the decision, made at one
// moment on one server. What that server says of the first one's transaction, whose
// number each gid holds, is what the others follow from then on: committed, they are
// committed; rolled back, or still open and then rolled back first, so are they. It
// matters neither where a run was cut off, nor which statement was still on its way.

#include "engine/migration/two_phase.hpp"

#include <unistd.h>

#include <chrono>
#include <exception>
#include <memory>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"

namespace revise::migration {

namespace {

bool is_lost(const Error& error) {
  const auto* database = dynamic_cast<const DatabaseError*>(&error);
  return database != nullptr && database->details().connection_lost;
}

std::string new_run() {
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return sha256(std::to_string(now) + " " + std::to_string(::getpid())).substr(0, 12);
}

class TwoPhases {
 public:
  TwoPhases(const std::vector<Participant>& participants, SignalWatch& signals,
            const TwoPhaseEvents& events)
      : participants_(participants),
        signals_(signals),
        events_(events),
        anew_(participants.size()) {}

  void prepare_all();
  void commit_first();
  void commit_others();

 private:
  // What is prepared, and the number of its own transaction.
  struct Part {
    Prepared prepared;
    std::string transaction;
  };

  driver::Connection& connection(std::size_t place) {
    return anew_[place] ? *anew_[place] : participants_[place].session.connection();
  }
  void reconnect(std::size_t place) {
    anew_[place] = participants_[place].run.connect();
  }
  std::string name(std::size_t place) const {
    return quoted(parts_[place].prepared.gid);
  }
  bool is_there(std::size_t place) {
    return is_prepared(connection(place), parts_[place].prepared.gid);
  }
  void end(std::size_t place, Ending ending) {
    end_prepared(connection(place), parts_[place].prepared, ending);
  }

  void prepare(std::size_t place);
  void settle_prepare(std::size_t place);
  void roll_back_from(std::size_t place);
  void end_surely(std::size_t place, Ending ending);
  Fate settle_first(DatabaseError& error);
  Fate give_up_first();
  void tell_undecided();
  void tell_lost_answer(std::size_t place);

  const std::vector<Participant>& participants_;
  SignalWatch& signals_;
  const TwoPhaseEvents& events_;
  const std::string run_ = new_run();
  std::vector<Part> parts_;  // of the participants, as far as it has come
  // In place of connections that were lost.
  std::vector<std::unique_ptr<driver::Connection>> anew_;
};

void TwoPhases::prepare(std::size_t place) {
  auto& session = participants_[place].session;
  const auto found = session.connection().query(
      "SELECT pg_catalog.pg_current_xact_id()::text, current_user::text");
  const auto& row = found.rows.at(0);
  const auto transaction = std::get<std::string>(row.at(0));
  const auto& first = participants_.front();
  const auto& here = participants_[place].place.server;
  Prepared prepared{
      .run = run_,
      .place = static_cast<int>(place),
      .first = name_of_first(first.run, first.place),
      .where = !here.empty() && here == first.place.server ? Prepared::First::Here
                                                           : Prepared::First::There,
      .transaction = place == 0 ? transaction : parts_.front().transaction,
      .owner = std::get<std::string>(row.at(1))};
  prepared.gid = make_gid(prepared, participants_[place]);
  parts_.push_back({prepared, transaction});
  session.connection().execute("PREPARE TRANSACTION " +
                               session.dialect().literal(prepared.gid));
}

void TwoPhases::prepare_all() {
  for (std::size_t place = 0; place < participants_.size(); ++place) {
    events_.turn_to(place);
    try {
      signals_.watch(&connection(place));
      signals_.check();
      prepare(place);
      signals_.watch(nullptr);
    } catch (const Error& error) {
      signals_.watch(nullptr);
      if (parts_.size() > place) {
        if (is_lost(error)) settle_prepare(place);
        parts_.pop_back();
      }
      roll_back_from(0);
      throw;
    }
  }
}

// The answer was lost. What is neither there nor at an end may yet be prepared, by a
// statement that is on its way.
void TwoPhases::settle_prepare(std::size_t place) {
  try {
    reconnect(place);
    if (is_there(place)) return end(place, Ending::Rollback);
    const auto fate = find_fate(connection(place), parts_[place].transaction);
    if (fate == Fate::RolledBack) return;
  } catch (const Error&) {  // as little is known as before
  }
  events_.left(place, "may be left prepared as " + name(place) +
                          ", which the next run then rolls back");
}

// In order, and each whatever became of the others: the first can only be rolled back.
void TwoPhases::roll_back_from(std::size_t place) {
  for (; place < parts_.size(); ++place) {
    try {
      end_surely(place, Ending::Rollback);
    } catch (const Error& error) {
      events_.left(place, "left prepared as " + name(place) + " (" + error.what() +
                              "), which the next run rolls back");
    }
  }
}

// Where nothing else can become of it; should the connection be lost, over a new one.
// What is gone was ended by the first try, or by another run, which goes by the same.
void TwoPhases::end_surely(std::size_t place, Ending ending) {
  try {
    return end(place, ending);
  } catch (const DatabaseError& error) {
    if (is_lost(error)) reconnect(place);
    if (!is_there(place)) return;
    if (!is_lost(error)) throw;
  }
  end(place, ending);
}

void TwoPhases::tell_lost_answer(std::size_t place) {
  const auto& notice = participants_[place].run.progress.notice;
  if (notice) {
    notice(
        "the answer to COMMIT PREPARED was lost; asked again, the server says that it "
        "is committed");
  }
}

void TwoPhases::commit_first() {
  events_.turn_to(0);
  try {
    end(0, Ending::Commit);
  } catch (DatabaseError& error) {
    switch (settle_first(error)) {
      case Fate::Committed:
        if (is_lost(error)) tell_lost_answer(0);
        break;
      case Fate::RolledBack:
        roll_back_from(1);
        throw;
      case Fate::Open:
      case Fate::Unknown:
        tell_undecided();
        throw;
    }
  }
  events_.committed(0);
}

// Goes on forward as long as it can be: all have agreed.
Fate TwoPhases::settle_first(DatabaseError& error) {
  try {
    if (is_lost(error)) {
      reconnect(0);
      if (is_there(0)) end(0, Ending::Commit);
    }
    const auto fate = find_fate(connection(0), parts_.front().transaction);
    return fate == Fate::Open ? give_up_first() : fate;
  } catch (const DatabaseError& again) {
    if (!is_lost(again)) return give_up_first();
    error.add_note(std::string("asked again, the server gave no answer: ") +
                   again.what());
  } catch (const Error& again) {
    error.add_note(std::string("asked again, the server gave no answer: ") +
                   again.what());
  }
  return Fate::Unknown;
}

// A COMMIT PREPARED that is still on its way may be there before it.
Fate TwoPhases::give_up_first() {
  try {
    end(0, Ending::Rollback);
    return Fate::RolledBack;
  } catch (const Error&) {  // the server knows which of the two it was
  }
  try {
    return find_fate(connection(0), parts_.front().transaction);
  } catch (const Error&) {
    return Fate::Unknown;
  }
}

void TwoPhases::tell_undecided() {
  events_.left(0, "whether it was committed is not known; it was prepared as " +
                      name(0) + ", which the next run rolls back if it was not");
  for (std::size_t place = 1; place < parts_.size(); ++place) {
    events_.left(place, "left prepared as " + name(place) +
                            ", which the next run on all databases ends as the first "
                            "was");
  }
}

void TwoPhases::commit_others() {
  std::exception_ptr failure;
  std::size_t failed = 0;
  for (std::size_t place = 1; place < parts_.size(); ++place) {
    events_.turn_to(place);
    try {
      end_surely(place, Ending::Commit);
      if (anew_[place]) tell_lost_answer(place);
      events_.committed(place);
    } catch (const Error&) {
      events_.left(place,
                   "left prepared as " + name(place) + ", which the next run commits");
      if (failure) continue;
      failure = std::current_exception();
      failed = place;
    }
  }
  if (!failure) return;
  events_.turn_to(failed);
  std::rethrow_exception(failure);
}

}  // namespace

void commit_in_two_phases(const std::vector<Participant>& participants,
                          SignalWatch& signals, const TwoPhaseEvents& events) {
  TwoPhases phases(participants, signals, events);
  phases.prepare_all();
  phases.commit_first();
  phases.commit_others();
}

}  // namespace revise::migration
