#include "engine/migration/online_sink.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/autocommit.hpp"
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
      ends_(session.connection().transaction_ends().count) {}

std::string_view OnlineSink::dialect() const { return session_.dialect().name(); }

void OnlineSink::start(std::string_view sql) {
  signals_.check();
  blame(sql);
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

void OnlineSink::send(const dialects::Statement& statement) {
  start(statement.sql);
  auto& connection = session_.connection();
  if (!statement.rows.empty()) {
    connection.execute_many(statement.sql, statement.rows);
  } else if (!statement.parameters.empty()) {
    connection.query(statement.sql, statement.parameters);
  } else {
    connection.execute(statement.sql);
  }
  check_transaction();
  progress_.is_running = false;
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
  has_changed_ = true;
  for (const auto& statement : render(operation)) send(statement);
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
  start(statement.sql);
  auto result = session_.connection().query(statement.sql, statement.parameters);
  check_transaction();
  progress_.is_running = false;
  // It may have been INSERT ... RETURNING.
  has_changed_ = has_changed_ || result.changed > 0;
  return result;
}

void OnlineSink::begin_autocommit_block(operations::AutocommitPlace place) {
  check_autocommit_place(place, has_changed_);
  if (progress_.in_autocommit) refuse_nested_autocommit();
  session_.keep_lock();
  commit_();
  progress_.committed = true;
  session_.enter_autocommit();
  progress_.in_autocommit = true;
}

void OnlineSink::end_autocommit_block() {
  begin_();
  progress_.in_autocommit = false;
  ends_ = session_.connection().transaction_ends().count;
  // A second block would commit what this one's successors do.
  has_changed_ = false;
}

}  // namespace revise::migration
