#include "engine/migration/online_sink.hpp"

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/masked.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/autocommit.hpp"
#include "engine/migration/failure.hpp"
#include "engine/migration/transaction_end.hpp"

namespace revise::migration {

namespace {

[[noreturn]] void refuse_end(const std::string& verb, const std::string& statement) {
  DatabaseError error(
      "the unit " + verb + " the run's transaction with " + quoted(statement),
      {.statement = statement});
  error.add_note(
      "the run begins and ends transactions itself; take the statement out, and put "
      "what cannot run in a transaction into op.autocommit_block()");
  throw error;
}

}  // namespace

OnlineSink::OnlineSink(Session& session, SignalWatch& signals,
                       std::function<void()> commit, std::function<void()> begin)
    : session_(session),
      signals_(signals),
      commit_(std::move(commit)),
      begin_(std::move(begin)),
      types_(session.dialect()),
      ends_(session.connection().transaction_ends().count) {}

std::string_view OnlineSink::dialect() const { return session_.dialect().name(); }

void OnlineSink::start(std::string_view sql) {
  signals_.check();
  blame(sql);
  if (log::shows(log::Level::Info, kStatementLogger)) {
    log::info(kStatementLogger, masked(sql));
  }
  if (!progress_.in_autocommit) {
    // Afterwards, half of a step would be committed.
    const auto end = find_transaction_end(sql, dialect());
    if (!end.empty()) refuse_end("would end", std::string(end));
  }
  session_.note_statement(sql);
}

void OnlineSink::check_transaction() const {
  if (progress_.in_autocommit) return;
  const auto& ends = session_.connection().transaction_ends();
  if (ends.count != ends_) refuse_end("ended", ends.statement);
}

// With a savepoint a unit may mend what failed; else the server refuses all that
// follows, and the first error is the one that tells why.
void OnlineSink::check_failed() {
  if (broken_) std::rethrow_exception(broken_);
  if (is_abandoned_) {
    signals_.check();
    end_autocommit_block();
  }
  if (failed_ && !has_savepoint_) std::rethrow_exception(failed_);
}

// Half way from one transaction to the next a step cannot go on, also where the unit
// catches what is thrown here.
template <typename Change>
void OnlineSink::between_transactions(const Change& change) {
  try {
    change();
  } catch (...) {
    broken_ = std::current_exception();
    throw;
  }
}

template <typename Send>
void OnlineSink::guarded(const Send& send) {
  try {
    send();
  } catch (const DatabaseError&) {
    if (session_.sends_together() && !progress_.in_autocommit) {
      failed_ = std::current_exception();
    }
    throw;
  }
}

// The refused statement, which need not be the last one that was asked for.
void OnlineSink::blame_waiting(const DatabaseError& error) {
  const auto place = error.details().text;
  if (place >= queue_.size()) return;
  progress_.statements = queue_.number_of(place);
  progress_.statement = queue_.texts()[place];
  progress_.is_running = true;
}

void OnlineSink::flush() {
  if (queue_.is_empty()) return;
  signals_.check();
  guarded([this] {
    try {
      session_.connection().send_together(queue_.texts());
    } catch (const DatabaseError& error) {
      blame_waiting(error);
      // Else a unit that catches this could have it sent again.
      queue_.clear();
      throw;
    }
  });
  queue_.clear();
  check_transaction();
}

bool OnlineSink::waits(const dialects::Statement& statement, Travel travel) const {
  return session_.sends_together() && !progress_.in_autocommit && !has_savepoint_ &&
         travel == Travel::Together && statement.rows.empty() &&
         statement.parameters.empty();
}

void OnlineSink::send(dialects::Statement statement, Travel travel,
                      const operations::Operation& operation) {
  check_failed();
  if (waits(statement, travel)) {
    start(statement.sql);
    progress_.is_running = false;
    queue_.add(progress_.statements, std::move(statement.sql));
    if (queue_.is_full()) flush();
    return;
  }
  flush();
  // Not before what waited has gone well: there is no going back behind it.
  has_savepoint_ = has_savepoint_ || travel == Travel::Immediately;
  start(statement.sql);
  guarded([&] { send_now(statement, operation); });
  check_transaction();
  progress_.is_running = false;
}

// Not the unit's doing: not counted among its statements.
void OnlineSink::send_own(const std::vector<std::string>& statements) {
  for (const auto& sql : statements) {
    if (waits({.sql = sql}, Travel::Together)) {
      queue_.add(progress_.statements, sql);
    } else {
      flush();
      guarded([&] { session_.connection().execute(sql); });
    }
  }
}

void OnlineSink::send_now(const dialects::Statement& statement,
                          const operations::Operation& operation) {
  auto& connection = session_.connection();
  if (!statement.rows.empty()) {
    session_.insert(std::get<operations::BulkInsertOp>(operation), statement);
  } else if (!statement.parameters.empty()) {
    connection.query(statement.sql, statement.parameters);
  } else if (progress_.in_autocommit &&
             std::holds_alternative<operations::ExecuteOp>(operation)) {
    session_.execute_outside(statement.sql);
  } else {
    connection.execute(statement.sql);
  }
}

std::vector<dialects::Statement> OnlineSink::render(
    const operations::Operation& operation) {
  const auto& dialect = session_.dialect();
  try {
    return progress_.in_autocommit ? dialect.render(session_.repeatable(operation))
                                   : dialect.render(operation);
  } catch (const Error&) {
    const auto* execute = std::get_if<operations::ExecuteOp>(&operation);
    blame(execute == nullptr ? std::string_view() : execute->sql);
    throw;
  }
}

void OnlineSink::blame(std::string_view sql) {
  ++progress_.statements;
  progress_.statement = sql;
  progress_.is_running = true;
}

void OnlineSink::apply(const operations::Operation& operation) {
  check_failed();
  const auto place = operations::own_block_of(operation);
  if (place.has_value() && !progress_.in_autocommit) {
    render(operation);  // what is refused is so before anything is committed
    operations::run_in_block(*this, *place, [&] { apply_alone(operation); });
  } else if (std::holds_alternative<operations::BatchAlterTableOp>(operation)) {
    apply_batch(operation);
  } else {
    apply_alone(operation);
  }
}

void OnlineSink::apply_batch(const operations::Operation& operation) {
  has_changed_ = true;
  auto& connection = session_.connection();
  session_.dialect().run_batch(
      std::get<operations::BatchAlterTableOp>(operation),
      {.read =
           [&](std::string_view sql) {
             check_failed();
             flush();
             return connection.batch(sql);
           },
       .send =
           [&](const std::string& sql) {
             send({.sql = sql}, Travel::Together, operation);
           },
       .aside =
           [&](std::string_view sql) {
             check_failed();
             flush();
             connection.execute(sql);
           },
       .apply = [&](const auto& part) { apply_alone(part); },
       .before_rebuild =
           [&](const std::string& schema, const std::string& table) {
             session_.before_rebuild(schema, table);
           }});
}

void OnlineSink::apply_alone(const operations::Operation& operation) {
  has_changed_ = true;
  const auto* execute = std::get_if<operations::ExecuteOp>(&operation);
  const auto travel = execute == nullptr ? Travel::Together : travel_of(execute->sql);
  const auto types = prepare(operation);
  send_own(types.notes);
  for (const auto& sql : types.before) {
    send({.sql = sql}, Travel::Together, operation);
  }
  const auto& prepared = types.instead.has_value() ? *types.instead : operation;
  for (auto& statement : render(prepared)) {
    send(std::move(statement), travel, prepared);
  }
}

dialects::StepTypes::Prepared OnlineSink::prepare(
    const operations::Operation& operation) {
  try {
    return types_.prepare(operation);
  } catch (const Error&) {
    blame({});
    throw;
  }
}

driver::Result OnlineSink::query(std::string_view sql,
                                 std::span<const operations::NamedValue> parameters) {
  dialects::Statement statement;
  try {
    statement = session_.dialect().bind(sql, parameters);
  } catch (const Error&) {
    blame(sql);
    throw;
  }
  check_failed();
  flush();
  start(statement.sql);
  driver::Result result;
  guarded([&] {
    result = session_.connection().query(statement.sql, statement.parameters);
  });
  check_transaction();
  progress_.is_running = false;
  // INSERT ... RETURNING for one.
  has_changed_ = has_changed_ || result.changed > 0 || may_change(sql);
  return result;
}

void OnlineSink::set_timeouts(const operations::Timeouts& timeouts) {
  check_failed();
  if (timeouts.lock_timeout) timeouts_.lock_timeout = timeouts.lock_timeout;
  if (timeouts.statement_timeout) {
    timeouts_.statement_timeout = timeouts.statement_timeout;
  }
  apply_timeouts();
}

// Not counted among the step's statements: it changes nothing that stays.
void OnlineSink::apply_timeouts() {
  if (timeouts_.is_empty()) return;
  const auto sql = session_.timeouts_sql(timeouts_);
  if (sql.empty()) return;
  flush();
  guarded([&] { session_.connection().execute(sql); });
}

void OnlineSink::begin_autocommit_block(operations::AutocommitPlace place) {
  check_failed();
  if (place == operations::AutocommitPlace::First && has_changed_) refuse_late_block();
  if (progress_.in_autocommit) refuse_nested_autocommit();
  // Before the run it was refused where the plan told of it.
  const auto fault = session_.block_fault();
  if (!fault.empty()) refuse_block({}, fault);
  flush();
  between_transactions([this] {
    session_.keep_lock();
    commit_();
    progress_.committed = true;
    session_.enter_autocommit();
    progress_.in_autocommit = true;
    apply_timeouts();
  });
}

void OnlineSink::end_autocommit_block() {
  is_abandoned_ = false;
  between_transactions([this] {
    begin_();
    progress_.in_autocommit = false;
    ends_ = session_.connection().transaction_ends().count;
    // A second block would commit what this one's successors do.
    has_changed_ = false;
    apply_timeouts();
  });
}

void OnlineSink::end_step(const graph::RowChanges& changes) {
  check_failed();
  signals_.check();
  send_own(types_.finish());
  try {
    session_.end_step(changes, queue_.texts());
  } catch (const DatabaseError& error) {
    if (!error.statement().empty()) blame_waiting(error);
    throw;
  }
  queue_.clear();
  check_transaction();
}

}  // namespace revise::migration
