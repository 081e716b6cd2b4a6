/// Sends a unit's operations to the database, and sees to it that the unit leaves the
/// transaction alone.
///
/// Where the session takes several statements in one message they wait for the step's
/// end, or for what needs them done: a query, parameters, a block outside the
/// transaction, a savepoint. One that fails then fails at that call, and all calls of
/// the step after it fail alike, so that a unit that catches the error gets nothing
/// half done. From a savepoint on each is sent at once.

#pragma once

#include <exception>
#include <functional>
#include <string>

#include "engine/dialects/step_types.hpp"
#include "engine/migration/session.hpp"
#include "engine/migration/signal_watch.hpp"
#include "engine/migration/statement_queue.hpp"
#include "engine/operations/sink.hpp"

namespace revise::migration {

/// What a step has done so far, for when it fails.
struct StepProgress {
  int statements = 0;          ///< asked for
  std::string statement = {};  ///< the last one, as it was rendered; empty: it was not
  bool is_running = false;     ///< the last one was not done with yet
  bool in_autocommit = false;  ///< in a block outside any transaction
  bool committed = false;      ///< such a block has begun: what came before stays
};

/// Where statements of units are logged: SQLAlchemy's logger of its engine's.
inline constexpr std::string_view kStatementLogger = "sqlalchemy.engine.Engine";

/// For one step. Everything given must outlive it.
class OnlineSink final : public operations::OperationSink {
 public:
  /// `commit` and `begin` end and begin the run's transaction round a block.
  OnlineSink(Session& session, SignalWatch& signals, std::function<void()> commit,
             std::function<void()> begin);

  std::string_view dialect() const override;
  const schema::Naming& naming() const override { return session_.naming(); }
  void apply(const operations::Operation& operation) override;
  driver::Result query(std::string_view sql,
                       std::span<const operations::NamedValue> parameters) override;
  void set_timeouts(const operations::Timeouts& timeouts) override;
  void begin_autocommit_block(operations::AutocommitPlace place) override;
  void end_autocommit_block() override;
  /// The next call ends it: most often there is none, and nothing left to wait for.
  void abandon_autocommit_block() override { is_abandoned_ = true; }

  /// Sends what waits and ends the step. Throws DatabaseError, also that of a statement
  /// which the unit caught.
  void end_step(const graph::RowChanges& changes);

  const StepProgress& progress() const { return progress_; }

 private:
  dialects::StepTypes::Prepared prepare(const operations::Operation& operation);
  std::vector<dialects::Statement> render(const operations::Operation& operation);
  void apply_alone(const operations::Operation& operation);
  void apply_batch(const operations::Operation& operation);
  void send(dialects::Statement statement, Travel travel,
            const operations::Operation& operation);
  void send_now(const dialects::Statement& statement,
                const operations::Operation& operation);
  void send_own(const std::vector<std::string>& statements);
  void flush();
  bool waits(const dialects::Statement& statement, Travel travel) const;
  template <typename Send>
  void guarded(const Send& send);
  void start(std::string_view sql);
  void apply_timeouts();
  void blame(std::string_view sql);
  void blame_waiting(const DatabaseError& error);
  void check_failed();
  template <typename Change>
  void between_transactions(const Change& change);
  void check_transaction() const;

  Session& session_;
  SignalWatch& signals_;
  std::function<void()> commit_;
  std::function<void()> begin_;
  dialects::StepTypes types_;
  StepProgress progress_;
  std::uint64_t ends_;  // of transactions, as the connection counts them
  bool has_changed_ = false;
  bool has_savepoint_ = false;
  operations::Timeouts timeouts_;
  StatementQueue queue_;
  std::exception_ptr failed_;  // what a statement of the open transaction threw
  std::exception_ptr broken_;  // what kept a block from its begin or its end
  bool is_abandoned_ = false;  // the block that is open threw
};

}  // namespace revise::migration
