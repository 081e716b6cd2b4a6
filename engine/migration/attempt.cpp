#include "engine/migration/attempt.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/failure.hpp"
#include "engine/migration/lock.hpp"
#include "engine/migration/transaction_end.hpp"
#include "engine/operations/call.hpp"

namespace revise::migration {

using graph::Rows;
using graph::Step;

std::string named(const Rows& rows) { return rows.empty() ? "base" : join(rows, ", "); }

std::vector<graph::RevisionId> written_by(const graph::Plan& plan) {
  std::vector<graph::RevisionId> ids;
  for (const auto& step : plan.steps) {
    for (const auto& change : step.changes) {
      if (!change.to.empty()) ids.push_back(change.to);
    }
  }
  return ids;
}

void Attempt::begin(graph::Plan& plan) {
  take_lock(session_, run_.settings, signals_, run_.progress.notice);
  session_.watch_locks(run_.connect);
  if (run_.settings.transactions == Transactions::PerStep) session_.keep_lock();
  if (!run_.statements.empty()) run_statements();
  const auto state =
      migration::begin(session_, run_.settings, signals_, run_.progress.notice);
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
  const auto state =
      migration::begin(session_, run_.settings, signals_, run_.progress.notice);
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
    const bool is_asked = run_.effect == Effect::Units && !is_telling_;
    tell_statement(error, name, sink.progress(), is_asked ? &step : nullptr);
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

void Attempt::tell_fault(Error& error, int signal) {
  if (auto* database = dynamic_cast<DatabaseError*>(&error)) {
    if (error.contexts().empty()) tell_refused(*database);
    const auto code = database->code();
    tell_rights(*database, session_.acts_as());
    if (signal == 0) {
      tell_limit(*database, session_.limit_struck(code), session_.blockers(code));
    }
  }
  const auto fault = session_.schema_fault();
  if (!fault.empty() && fault != error.what()) error.add_note(fault);
}

void Attempt::tell_state(Error& error) {
  migration::tell_state(error, committed_, run_.effect, rows_now());
}

}  // namespace revise::migration
