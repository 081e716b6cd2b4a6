/// One try at a run on one database, from the lock to the last commit.
///
/// What is done when it fails, and how several databases go together, is the runner's
/// business.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/migration/online_sink.hpp"
#include "engine/migration/runner.hpp"
#include "engine/migration/session.hpp"
#include "engine/migration/signal_watch.hpp"

namespace revise::migration {

/// What the rows are in words; "base" for none.
std::string named(const graph::Rows& rows);

/// The ids that `plan` writes into the version table.
std::vector<graph::RevisionId> written_by(const graph::Plan& plan);

/// Everything given must outlive it.
class Attempt {
 public:
  Attempt(const Run& run, Session& session, SignalWatch& signals)
      : run_(run), session_(session), signals_(signals) {}

  /// Takes the lock, and opens the first transaction; the plan is made again where the
  /// rows are not those that it was made for.
  void begin(graph::Plan& plan);
  void take_steps(const graph::Plan& plan);
  /// Commits what is open.
  void finish();
  /// Says that the open transaction was committed in another way.
  void note_committed();

  /// What stopped it, in the database's words, as notes; `signal`: the one that did, or
  /// 0, when a limit of time may have.
  void tell_fault(Error& error, int signal);
  void tell_state(Error& error);
  void rollback() { session_.rollback(); }
  void unlock() { session_.unlock(); }

  const Run& run() const { return run_; }
  Session& session() { return session_; }
  const graph::Step* running() const { return running_; }
  const std::vector<graph::Step>& committed() const { return committed_; }
  bool is_open() const { return is_open_; }
  std::string rows_now();
  void check_rows();

  Report report() { return {std::move(committed_), std::move(rows_)}; }

 private:
  void run_statements();
  void begin_next();
  void commit();
  void lost_answer(DatabaseError& error);
  void take_step(const graph::Step& step);
  void call_unit(const graph::Step& step, OnlineSink& sink);
  void tell_applied(const graph::Step& step, OnlineSink& sink);

  const Run& run_;
  Session& session_;
  SignalWatch& signals_;
  const graph::Step* running_ = nullptr;
  bool is_telling_ = false;  // the running step's on_version_apply
  bool is_open_ = false;
  std::vector<graph::Step> committed_;
  std::vector<graph::Step> taken_;  // in the transaction that is open
  graph::Rows rows_;                // as this run leaves them
  graph::Rows expected_;            // rows_ at the last commit
};

}  // namespace revise::migration
