#include "engine/migration/runner.hpp"

#include <algorithm>
#include <deque>
#include <numeric>

#include "engine/core/error.hpp"
#include "engine/migration/attempt.hpp"
#include "engine/migration/autocommit.hpp"
#include "engine/migration/failure.hpp"
#include "engine/migration/lock.hpp"
#include "engine/migration/session.hpp"
#include "engine/migration/signal_watch.hpp"
#include "engine/migration/two_phase.hpp"

namespace revise::migration {

namespace {

using graph::Rows;

std::vector<graph::RevisionId> units_of(const Run& run, const graph::Plan& plan) {
  std::vector<graph::RevisionId> ids;
  if (run.effect == Effect::RowsOnly) return ids;
  for (const auto& step : plan.steps) ids.push_back(step.revision);
  return ids;
}

bool is_ready(const Run& run, const graph::Plan& plan) {
  const auto ids = units_of(run, plan);
  return ids.empty() || run.units.ready(ids);
}

// Before there is a lock; where somebody else keeps readers out too, it is waited for.
VersionState read_first(const Run& run, Session& session) {
  try {
    return session.read();
  } catch (const DatabaseError& error) {
    if (!session.is_busy(error)) throw;
  }
  SignalWatch signals;
  take_lock(session, run.settings, signals, run.progress.notice);
  auto state = session.read();
  session.unlock();
  return state;
}

// What comes first would else be undone, or with a transaction a step stay alone.
void check_blocks(const Run& run, const Session& session, const graph::Plan& plan) {
  const auto fault = session.block_fault();
  if (fault.empty() || !run.has_block) return;
  for (const auto& step : plan.steps) {
    if (run.has_block(step)) refuse_block(name_of(step, run.effect), fault);
  }
}

VersionState read_or_tell(const Run& run, Session& session) {
  try {
    return read_first(run, session);
  } catch (DatabaseError& error) {
    if (!session.is_busy(error)) tell_refused(error);
    tell_state(error, {}, run.effect, {});
    throw;
  }
}

// One of the databases of a run, open while it lasts.
struct Member {
  const Run& run;
  std::unique_ptr<driver::Connection> connection = {};
  std::unique_ptr<Session> session = {};
  VersionState state = {};
  graph::Plan plan = {};

  bool has_work() const { return !plan.steps.empty() || !state.exists; }
};

// Whose error it is, where that is a question.
void tell_database(Error& error, const Run& run) {
  if (!run.database.empty()) error.add_note("in the database " + run.database);
}

Member connect(const Run& run) {
  Member member{run};
  try {
    member.connection = run.connect();
    member.session = open_session(*member.connection, run.settings);
    member.session->prepare();
  } catch (Error& error) {
    tell_database(error, run);
    throw;
  }
  return member;
}

void look(Member& member) {
  try {
    member.state = read_or_tell(member.run, *member.session);
    member.plan = member.run.plan(member.state.rows);
    if (!member.has_work()) return;
    check_width(member.state, member.session->table(), member.session->dialect(),
                written_by(member.plan));
    check_blocks(member.run, *member.session, member.plan);
  } catch (Error& error) {
    tell_database(error, member.run);
    throw;
  }
  const auto notice = member.session->notice();
  if (!notice.empty() && member.run.progress.notice) member.run.progress.notice(notice);
}

// One try at a run on all of its databases.
class JointAttempt {
 public:
  JointAttempt(const std::vector<Member*>& members, CommitMode mode)
      : members_(members), mode_(mode) {
    for (auto* member : members_) {
      attempts_.emplace_back(member->run, *member->session, signals_);
    }
  }

  /// False when a unit has to be built first: nothing was changed then.
  bool take();

  Report report(std::size_t place) { return attempts_[place].report(); }

 private:
  Attempt& activate(std::size_t place);
  std::vector<std::size_t> in_lock_order() const;
  void commit_all();
  void unlock_all();
  void tell_states(Error& error);
  [[noreturn]] void give_up(Error& error);

  const std::vector<Member*>& members_;
  const CommitMode mode_;
  SignalWatch signals_;
  std::deque<Attempt> attempts_;  // of the members, in their order
  Attempt* active_ = nullptr;
};

Attempt& JointAttempt::activate(std::size_t place) {
  active_ = &attempts_[place];
  signals_.watch(members_[place]->connection.get());
  return *active_;
}

// The same in every run, in whatever order their databases are named: no two wait for
// each other.
std::vector<std::size_t> JointAttempt::in_lock_order() const {
  std::vector<std::size_t> places(members_.size());
  std::iota(places.begin(), places.end(), 0);
  std::stable_sort(places.begin(), places.end(), [this](auto one, auto other) {
    return members_[one]->run.identity < members_[other]->run.identity;
  });
  return places;
}

void JointAttempt::commit_all() {
  std::vector<Attempt*> open;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (attempts_[i].is_open()) open.push_back(&attempts_[i]);
  }
  if (mode_ == CommitMode::OneByOne || open.size() < 2) {
    for (std::size_t i = 0; i < members_.size(); ++i) activate(i).finish();
    return;
  }
  std::vector<Participant> participants;
  for (auto* attempt : open) {
    attempt->check_rows();
    participants.push_back({attempt->run(), attempt->session()});
  }
  commit_in_two_phases(participants, signals_,
                       [&open](std::size_t place) { open[place]->note_committed(); });
}

void JointAttempt::unlock_all() {
  signals_.watch(nullptr);
  for (auto& attempt : attempts_) attempt.unlock();
}

bool JointAttempt::take() {
  try {
    for (const auto place : in_lock_order()) {
      activate(place).begin(members_[place]->plan);
    }
    for (const auto* member : members_) {
      if (is_ready(member->run, member->plan)) continue;
      unlock_all();
      return false;
    }
    for (std::size_t i = 0; i < members_.size(); ++i) {
      activate(i).take_steps(members_[i]->plan);
    }
    commit_all();
    unlock_all();
    return true;
  } catch (Error& error) {
    give_up(error);
  }
}

void JointAttempt::tell_states(Error& error) {
  if (attempts_.size() == 1) return attempts_.front().tell_state(error);
  std::vector<DatabaseState> states;
  for (auto& attempt : attempts_) {
    states.push_back({attempt.run().database, attempt.committed(), attempt.rows_now()});
  }
  tell_databases(error, states, attempts_.front().run().effect);
}

void JointAttempt::give_up(Error& error) {
  const int signal = signals_.signal();
  signals_.acknowledge();
  signals_.watch(nullptr);
  if (active_ != nullptr) {
    active_->tell_fault(error, signal);
    tell_database(error, active_->run());
  }
  for (auto& attempt : attempts_) attempt.rollback();
  if (signal != 0 && dynamic_cast<Interrupted*>(&error) == nullptr) {
    Interrupted interrupted(signal);
    for (const auto& context : error.contexts()) interrupted.add_context(context);
    if (active_ != nullptr && active_->running() != nullptr) {
      interrupted.add_note("in " + name_of(*active_->running(), active_->run().effect));
    }
    tell_states(interrupted);
    throw interrupted;
  }
  tell_states(error);
  throw;
}

// Outside any watch for signals: while compilers run there is nothing to clear up.
void build_missing(const std::vector<Member*>& members) {
  for (const auto* member : members) {
    const auto& run = member->run;
    if (!is_ready(run, member->plan)) run.units.prepare(units_of(run, member->plan));
  }
}

}  // namespace

std::vector<Report> run_all(const std::vector<Run>& runs, CommitMode mode) {
  std::vector<Member> members;
  members.reserve(runs.size());
  for (const auto& run : runs) members.push_back(connect(run));
  if (mode == CommitMode::TwoPhase) {
    std::vector<Participant> participants;
    for (auto& member : members) participants.push_back({member.run, *member.session});
    prepare_two_phases(participants);
  }
  std::vector<Member*> working;
  std::vector<Report> reports;
  std::vector<std::size_t> places;
  for (auto& member : members) {
    look(member);
    if (member.has_work()) {
      working.push_back(&member);
      places.push_back(reports.size());
    }
    reports.push_back({{}, member.state.rows});
  }
  if (working.empty()) return reports;
  for (;;) {
    build_missing(working);
    JointAttempt attempt(working, mode);
    if (!attempt.take()) continue;
    for (std::size_t i = 0; i < working.size(); ++i) {
      reports[places[i]] = attempt.report(i);
    }
    return reports;
  }
}

Report run(const Run& run) { return run_all({run}, CommitMode::OneByOne).front(); }

void ensure_version_table(const Run& given) {
  Run run = given;
  run.effect = Effect::RowsOnly;
  run.plan = [](const Rows& rows) { return graph::Plan{rows, {}, rows}; };
  migration::run(run);
}

}  // namespace revise::migration
