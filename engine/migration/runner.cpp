#include "engine/migration/runner.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/failure.hpp"
#include "engine/migration/lock.hpp"
#include "engine/migration/online_sink.hpp"
#include "engine/migration/session.hpp"
#include "engine/migration/signal_watch.hpp"
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

// One try at a run, from the lock to the last commit.
class Attempt {
 public:
  Attempt(const Run& run, Session& session, SignalWatch& signals)
      : run_(run), session_(session), signals_(signals) {}

  /// False when a unit has to be built first: nothing was changed then.
  bool take(graph::Plan& plan);

  Report report() { return {std::move(committed_), std::move(rows_)}; }

 private:
  void begin_first(graph::Plan& plan);
  void begin_next();
  void check_rows();
  void commit();
  void lost_answer(DatabaseError& error);
  void take_step(const Step& step);
  void call_unit(const Step& step, OnlineSink& sink);
  [[noreturn]] void give_up(Error& error);
  std::string rows_now();

  const Run& run_;
  Session& session_;
  SignalWatch& signals_;
  const Step* running_ = nullptr;
  std::vector<Step> committed_;
  std::vector<Step> taken_;  // in the transaction that is open
  Rows rows_;                // as this run leaves them
  Rows expected_;            // rows_ at the last commit
};

void Attempt::begin_first(graph::Plan& plan) {
  take_lock(session_, run_.settings, signals_, run_.progress.notice);
  session_.watch_locks(run_.connect);
  if (run_.settings.transactions == Transactions::PerStep) session_.keep_lock();
  const auto state = session_.begin();
  if (state.rows != plan.before) plan = run_.plan(state.rows);
  rows_ = expected_ = state.rows;
  check_width(state, session_.table(), session_.dialect(), written_by(plan));
}

void Attempt::begin_next() {
  if (session_.connection().in_transaction()) {
    throw DatabaseError(
        "the unit left a transaction open at the end of its block outside a "
        "transaction; let it end there");
  }
  take_lock(session_, run_.settings, signals_, run_.progress.notice);
  const auto state = session_.begin();
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
  committed_.insert(committed_.end(), taken_.begin(), taken_.end());
  taken_.clear();
  expected_ = rows_;
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

void Attempt::take_step(const Step& step) {
  signals_.check();
  running_ = &step;
  if (run_.progress.step_begins) run_.progress.step_begins(step);
  OnlineSink sink(
      session_, signals_, [this] { commit(); }, [this] { begin_next(); });
  try {
    if (run_.effect == Effect::Units) call_unit(step, sink);
    sink.end_step(step.changes);
  } catch (Error& error) {
    tell_statement(error, name_of(step, run_.effect), sink.progress());
    if (sink.progress().committed) {
      error.add_note(
          "the step committed in between, round its block outside a "
          "transaction; once what is wrong is mended, run it again");
    }
    error.add_context("running " + name_of(step, run_.effect));
    throw;
  }
  rows_ = graph::apply_changes(std::move(rows_), step.changes);
  std::sort(rows_.begin(), rows_.end());
  taken_.push_back(step);
  running_ = nullptr;
}

std::string Attempt::rows_now() {
  try {
    return "the version table holds: " + named(session_.read().rows);
  } catch (const Error&) {
    return {};
  }
}

void Attempt::give_up(Error& error) {
  const int signal = signals_.signal();
  signals_.acknowledge();
  signals_.watch(nullptr);
  if (auto* database = dynamic_cast<DatabaseError*>(&error)) {
    if (error.contexts().empty()) tell_refused(*database);
    tell_blockers(error, database->code(), session_.blockers());
  }
  const auto fault = session_.schema_fault();
  if (!fault.empty() && fault != error.what()) error.add_note(fault);
  session_.rollback();
  if (signal != 0 && dynamic_cast<Interrupted*>(&error) == nullptr) {
    Interrupted interrupted(signal);
    for (const auto& context : error.contexts()) interrupted.add_context(context);
    if (running_ != nullptr) {
      interrupted.add_note("in " + name_of(*running_, run_.effect));
    }
    tell_state(interrupted, committed_, run_.effect, rows_now());
    throw interrupted;
  }
  tell_state(error, committed_, run_.effect, rows_now());
  throw;
}

bool Attempt::take(graph::Plan& plan) {
  try {
    begin_first(plan);
    if (!is_ready(run_, plan)) {
      session_.unlock();
      return false;
    }
    bool is_open = true;
    for (const auto& step : plan.steps) {
      if (!is_open) begin_next();
      take_step(step);
      is_open = run_.settings.transactions == Transactions::PerRun;
      if (!is_open) commit();
    }
    const auto fault = session_.schema_fault();
    if (!fault.empty()) throw DatabaseError(fault);
    if (is_open) commit();
    signals_.watch(nullptr);
    session_.unlock();
    return true;
  } catch (Error& error) {
    give_up(error);
  }
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

}  // namespace

Report run(const Run& run) {
  const auto connection = run.connect();
  const auto session = open_session(*connection, run.settings);
  session->prepare();
  const auto state = read_or_tell(run, *session);
  auto plan = run.plan(state.rows);
  if (plan.steps.empty() && state.exists) return {{}, state.rows};
  check_width(state, session->table(), session->dialect(), written_by(plan));
  if (const auto notice = session->notice(); !notice.empty() && run.progress.notice) {
    run.progress.notice(notice);
  }
  for (;;) {
    // Outside the watch: while compilers run there is nothing to clear up.
    if (!is_ready(run, plan)) run.units.prepare(units_of(run, plan));
    SignalWatch signals;
    signals.watch(connection.get());
    Attempt attempt(run, *session, signals);
    if (attempt.take(plan)) return attempt.report();
  }
}

void ensure_version_table(const Run& given) {
  Run run = given;
  run.effect = Effect::RowsOnly;
  run.plan = [](const Rows& rows) { return graph::Plan{rows, {}, rows}; };
  migration::run(run);
}

}  // namespace revise::migration
