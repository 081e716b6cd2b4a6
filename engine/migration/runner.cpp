#include "engine/migration/runner.hpp"

#include <algorithm>
#include <deque>
#include <numeric>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/failure.hpp"
#include "engine/migration/lock.hpp"
#include "engine/migration/online_sink.hpp"
#include "engine/migration/session.hpp"
#include "engine/migration/signal_watch.hpp"
#include "engine/migration/transaction_end.hpp"
#include "engine/migration/two_phase.hpp"
#include "engine/operations/call.hpp"

namespace revise::migration {

namespace {

using graph::Rows;
using graph::Step;

std::string named(const Rows& rows) { return rows.empty() ? "base" : join(rows, ", "); }

std::vector<graph::RevisionId> units_of(const Run& run, const graph::Plan& plan) {
  std::vector<graph::RevisionId> ids;
  if (run.effect == Effect::RowsOnly) return ids;
  for (const auto& step : plan.steps) ids.push_back(step.revision);
  return ids;
}

std::vector<graph::RevisionId> written_by(const graph::Plan& plan) {
  std::vector<graph::RevisionId> ids;
  for (const auto& step : plan.steps) {
    for (const auto& change : step.changes) {
      if (!change.to.empty()) ids.push_back(change.to);
    }
  }
  return ids;
}

bool is_ready(const Run& run, const graph::Plan& plan) {
  const auto ids = units_of(run, plan);
  return ids.empty() || run.units.ready(ids);
}

// One try at a run on one database, from the lock to the last commit.
class Attempt {
 public:
  Attempt(const Run& run, Session& session, SignalWatch& signals)
      : run_(run), session_(session), signals_(signals) {}

  // Takes the lock, and opens the first transaction; the plan is made again where the
  // rows are not those that it was made for.
  void begin(graph::Plan& plan);
  void take_steps(const graph::Plan& plan);
  // Commits what is open.
  void finish();
  // What finish() does, where the transaction was committed in another way.
  void note_committed();

  // What stopped it, in the database's words.
  void tell_fault(Error& error);
  void tell_state(Error& error);
  void rollback() { session_.rollback(); }
  void unlock() { session_.unlock(); }

  const Run& run() const { return run_; }
  Session& session() { return session_; }
  const Step* running() const { return running_; }
  const std::vector<Step>& committed() const { return committed_; }
  bool is_open() const { return is_open_; }
  std::string rows_now();
  void check_rows();

  Report report() { return {std::move(committed_), std::move(rows_)}; }

 private:
  void run_statements();
  void begin_next();
  void commit();
  void lost_answer(DatabaseError& error);
  void take_step(const Step& step);
  void call_unit(const Step& step, OnlineSink& sink);
  void tell_applied(const Step& step, OnlineSink& sink);

  const Run& run_;
  Session& session_;
  SignalWatch& signals_;
  const Step* running_ = nullptr;
  bool is_telling_ = false;  // the running step's on_version_apply
  bool is_open_ = false;
  std::vector<Step> committed_;
  std::vector<Step> taken_;  // in the transaction that is open
  Rows rows_;                // as this run leaves them
  Rows expected_;            // rows_ at the last commit
};

void Attempt::begin(graph::Plan& plan) {
  take_lock(session_, run_.settings, signals_, run_.progress.notice);
  session_.watch_locks(run_.connect);
  if (run_.settings.transactions == Transactions::PerStep) session_.keep_lock();
  if (!run_.statements.empty()) run_statements();
  const auto state = session_.begin();
  is_open_ = true;
  if (state.rows != plan.before) plan = run_.plan(state.rows);
  rows_ = expected_ = state.rows;
  check_width(state, session_.table(), session_.dialect(), written_by(plan));
}

void Attempt::run_statements() {
  session_.open_transaction();
  for (const auto& sql : run_.statements) {
    const auto end = find_transaction_end(sql, session_.dialect().name());
    if (!end.empty()) {
      throw DatabaseError("execute() would end the run's transaction with " +
                          quoted(end));
    }
    session_.connection().execute(sql);
  }
}

void Attempt::begin_next() {
  if (session_.connection().in_transaction()) {
    throw DatabaseError(
        "the unit left a transaction open at the end of its block outside a "
        "transaction; let it end there");
  }
  take_lock(session_, run_.settings, signals_, run_.progress.notice);
  const auto state = session_.begin();
  is_open_ = true;
  if (state.rows == expected_) return;
  throw DatabaseError("the version table was changed by somebody else: it holds " +
                      named(state.rows) + ", and this run left " + named(expected_));
}

// Others are locked out: it was a unit, or a trigger of one.
void Attempt::check_rows() {
  const auto found = session_.rows();
  if (found == rows_) return;
  DatabaseError error("a unit changed the version table: it holds " + named(found) +
                      ", and this run leaves " + named(rows_));
  error.add_note("the run changes the version rows itself; take the statement out");
  throw error;
}

void Attempt::commit() {
  check_rows();
  try {
    migration::commit(session_, run_.settings, signals_, run_.progress.notice);
  } catch (DatabaseError& error) {
    if (!error.details().connection_lost) throw;
    lost_answer(error);
  }
  note_committed();
}

void Attempt::note_committed() {
  committed_.insert(committed_.end(), taken_.begin(), taken_.end());
  taken_.clear();
  expected_ = rows_;
  is_open_ = false;
  if (run_.progress.committed) run_.progress.committed(committed_, running_);
}

// Throws on, unless the server says that it did commit.
void Attempt::lost_answer(DatabaseError& error) {
  signals_.watch(nullptr);
  auto outcome = Session::Outcome::Unknown;
  try {
    outcome = session_.outcome(*run_.connect());
  } catch (const Error& again) {
    error.add_note(std::string("asked again, the server gave no answer: ") +
                   again.what());
  }
  switch (outcome) {
    case Session::Outcome::Committed:
      if (run_.progress.notice) {
        run_.progress.notice(
            "the answer to COMMIT was lost; the server says that it was "
            "committed");
      }
      return;
    case Session::Outcome::RolledBack:
      error.add_note(
          "the answer to COMMIT was lost; the server says that it was rolled "
          "back");
      break;
    case Session::Outcome::Unknown:
      error.add_note(
          "the answer to COMMIT was lost, and whether it was done is not "
          "known; see with 'revise current'");
      break;
  }
  throw;
}

void Attempt::call_unit(const Step& step, OnlineSink& sink) {
  const auto unit = run_.units.at(step.revision);
  operations::call(
      step.direction == graph::Direction::Upgrade ? unit.upgrade : unit.downgrade,
      sink);
}

// What a callback sets is put back as what a unit sets is.
void Attempt::tell_applied(const Step& step, OnlineSink& sink) {
  if (!run_.version_applied) return;
  is_telling_ = true;
  operations::call([&](Operations& op) { run_.version_applied(step, rows_, op); },
                   sink);
  sink.end_step({});
  is_telling_ = false;
}

void Attempt::take_step(const Step& step) {
  signals_.check();
  running_ = &step;
  if (run_.progress.step_begins) run_.progress.step_begins(step);
  OnlineSink sink(
      session_, signals_, [this] { commit(); }, [this] { begin_next(); });
  sink.set_arguments(run_.arguments);
  try {
    if (run_.effect == Effect::Units) call_unit(step, sink);
    sink.end_step(step.changes);
    rows_ = graph::apply_changes(std::move(rows_), step.changes);
    std::sort(rows_.begin(), rows_.end());
    tell_applied(step, sink);
  } catch (Error& error) {
    const auto name =
        (is_telling_ ? "on_version_apply of " : "") + name_of(step, run_.effect);
    tell_statement(error, name, sink.progress());
    if (sink.progress().committed) {
      error.add_note(
          "the step committed in between, round its block outside a "
          "transaction; once what is wrong is mended, run it again");
    }
    error.add_context("running " + name);
    throw;
  }
  taken_.push_back(step);
  running_ = nullptr;
}

void Attempt::take_steps(const graph::Plan& plan) {
  for (const auto& step : plan.steps) {
    if (!is_open_) begin_next();
    take_step(step);
    if (run_.settings.transactions == Transactions::PerStep) commit();
  }
  const auto fault = session_.schema_fault();
  if (!fault.empty()) throw DatabaseError(fault);
}

void Attempt::finish() {
  if (is_open_) commit();
}

std::string Attempt::rows_now() {
  try {
    return "the version table holds: " + named(session_.read().rows);
  } catch (const Error&) {
    return {};
  }
}

void Attempt::tell_fault(Error& error) {
  if (auto* database = dynamic_cast<DatabaseError*>(&error)) {
    if (error.contexts().empty()) tell_refused(*database);
    tell_blockers(error, database->code(), session_.blockers());
  }
  const auto fault = session_.schema_fault();
  if (!fault.empty() && fault != error.what()) error.add_note(fault);
}

void Attempt::tell_state(Error& error) {
  migration::tell_state(error, committed_, run_.effect, rows_now());
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
  commit_in_two_phases(participants, signals_);
  for (auto* attempt : open) attempt->note_committed();
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
    active_->tell_fault(error);
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

Run ensuring_version_table(const Run& given) {
  Run run = given;
  run.effect = Effect::RowsOnly;
  run.plan = [](const Rows& rows) { return graph::Plan{rows, {}, rows}; };
  return run;
}

}  // namespace revise::migration
