#include "engine/driver/postgresql.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <pqxx/pqxx>
#include <string>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/driver/postgresql_answers.hpp"
#include "engine/driver/postgresql_messages.hpp"
#include "engine/driver/postgresql_open.hpp"
#include "engine/driver/postgresql_rows.hpp"
#include "engine/driver/postgresql_statements.hpp"
#include "engine/driver/postgresql_values.hpp"

namespace revise::driver {

namespace {

constexpr std::size_t kRowsAtOnce = 500;

struct FreeCancel {
  void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

#if PQXX_VERSION_MAJOR < 7

// Hands libpqxx a connection that was made here, which 7.8 has seize_raw_connection()
// for.
class Made : public pqxx::connectionpolicy {
 public:
  explicit Made(PGconn* raw) : connectionpolicy(std::string()), raw_(raw) {}
  handle do_startconnect(handle original) override {
    return original != nullptr ? original : std::exchange(raw_, nullptr);
  }

 private:
  PGconn* raw_;
};

class Session : public pqxx::connection_base {
 public:
  explicit Session(PGconn* raw) : connection_base(made_), made_(raw) {
    init();
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    // Else a broken connection is replaced by one without lock and settings.
    inhibit_reactivation(true);
#pragma GCC diagnostic pop
  }
  ~Session() noexcept { close(); }

 private:
  Made made_;
};

#else

class Session : public pqxx::connection {
 public:
  explicit Session(PGconn* raw) : connection(seize_raw_connection(raw)) {}
};

#endif

// ROLLBACK TO a savepoint has the tag of one that ends the transaction.
bool is_to_savepoint(std::string_view statement) {
  std::string spaced = lower(statement);
  std::replace_if(
      spaced.begin(), spaced.end(),
      [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
  const auto words = split(spaced, ' ');
  return words.front() == "rollback" &&
         std::find(words.begin(), words.end(), "to") != words.end();
}

// The bytes of `text` that hold its first `characters`, in UTF-8.
std::size_t bytes_of(std::string_view text, int characters) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if ((text[at] & 0xc0) != 0x80 && characters-- == 0) break;
  }
  return at;
}

// character_not_in_repertoire, untranslatable_character
bool is_unreadable(std::string_view code) { return code == "22021" || code == "22P05"; }

// libpq takes it for the end of all that it is given.
void check_bytes(std::string_view statements) {
  if (statements.find('\0') == statements.npos) return;
  throw DatabaseError("a statement holds a NUL byte", {.code = "22021"});
}

class PostgresqlConnection final : public Connection {
 public:
  explicit PostgresqlConnection(std::unique_ptr<PGconn, FinishConnection> raw)
      : raw_(raw.get()),
        cancel_(PQgetCancel(raw.get())),
        session_(std::make_unique<Session>(raw.release())),
        work_(std::make_unique<pqxx::nontransaction>(*session_)) {
    listen_to(raw_, answers_);
  }
  ~PostgresqlConnection() override { work_.reset(); }

  std::string_view dialect() const override { return "postgresql"; }

  void execute(std::string_view statements) override {
    if (in_transaction()) {
      batch(statements);
      return;
    }
    check_bytes(statements);
    // In one message they would be one transaction.
    for (const auto statement : split_statements(statements)) batch(statement);
  }

  Result batch(std::string_view statements) override {
    return run(statements, [&](const std::string& text) { return work_->exec(text); });
  }

  Result send_together(std::span<const std::string> texts) override {
    Result last;
    for (const auto& message : messages_of(texts, encoding())) {
      try {
        last = batch(message.text);
      } catch (const DatabaseError& error) {
        auto details = error.details();
        details.text = message.place_of(failed_at_);
        throw DatabaseError(error.what(), std::move(details));
      }
    }
    return last;
  }

  Result query(std::string_view statement, std::span<const Value> parameters) override {
    const Parameters given(parameters);
    return run(statement, [&](const std::string& text) {
      return work_->exec_params(text, given.list());
    });
  }

  void execute_many(std::string_view statement, std::span<const Row> rows) override;
  void copy_rows(std::string_view copy, std::span<const Row> rows) override;

  bool in_transaction() const override {
    const auto status = PQtransactionStatus(raw_);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
  }
  const TransactionEnds& transaction_ends() const override { return ends_; }
  std::int64_t backend_pid() const override { return PQbackendPID(raw_); }

  void cancel() noexcept override {
    char why[256];
    PQcancel(cancel_.get(), why, sizeof why);
  }

 private:
  template <typename Send>
  Result run(std::string_view statements, const Send& send);
  void leave_copy();
  void count_ends(std::string_view statements);
  Encoding encoding() const;
  std::string lost_connection() const;
  [[noreturn]] void fail(std::string_view statements, const std::string& otherwise);

  PGconn* raw_;  // owned by the session
  std::unique_ptr<PGcancel, FreeCancel> cancel_;
  Answers answers_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<pqxx::nontransaction> work_;
  TransactionEnds ends_;
  std::size_t failed_at_ = 0;  // where the refused statement begins in what was sent
};

template <typename Send>
Result PostgresqlConnection::run(std::string_view statements, const Send& send) {
  check_bytes(statements);
  answers_ = {};
  std::string otherwise;
  try {
    const pqxx::result answer = send(std::string(statements));
    if (!answers_.copies && !answers_.refused) {
      count_ends(statements);
      return result_of(answer, answers_.has_written ? Rows::Changed : Rows::Read);
    }
    otherwise = "COPY from or to the client cannot be run here";
    leave_copy();
  } catch (const pqxx::failure& failure) {
    otherwise = failure.what();
  } catch (const std::logic_error& failure) {  // pqxx::usage_error and its like
    otherwise = failure.what();
  }
  const bool copied = answers_.copies;
  count_ends(statements);
  if (copied) answers_ = {.completed = answers_.copy_place};
  fail(statements, otherwise);
}

// Gives no data, and throws away what comes, until the session is free again.
void PostgresqlConnection::leave_copy() {
  PGresult* result = nullptr;
  do {
    PQclear(result);
    PQputCopyEnd(raw_, "not supported");
    char* data = nullptr;
    while (PQgetCopyData(raw_, &data, 0) > 0) PQfreemem(data);
    result = PQgetResult(raw_);
  } while (result != nullptr);
}

void PostgresqlConnection::count_ends(std::string_view statements) {
  if (answers_.ended.empty()) return;
  const auto each = split_statements(statements);
  for (const int place : answers_.ended) {
    const auto index = static_cast<std::size_t>(place);
    const auto statement = index < each.size() ? each[index] : statements;
    if (is_to_savepoint(statement)) continue;
    ++ends_.count;
    ends_.statement = statement;
  }
}

// The server tells both whenever they change.
Encoding PostgresqlConnection::encoding() const {
  for (const char* name : {"client_encoding", "server_encoding"}) {
    const char* value = PQparameterStatus(raw_, name);
    if (value == nullptr || std::string_view(value) != "UTF8") {
      return Encoding::Converted;
    }
  }
  return Encoding::Utf8;
}

// libpqxx tells what it could not do then, not why. libpq's later lines guess.
std::string PostgresqlConnection::lost_connection() const {
  const std::string why(strip(PQerrorMessage(raw_)));
  const std::string lost = "the connection to the server was lost";
  return why.empty() ? lost : lost + ": " + why.substr(0, why.find('\n'));
}

// Names the one statement of the string that was refused: by the place of the error in
// the text where the server tells it, else by how many were completed before.
void PostgresqlConnection::fail(std::string_view statements,
                                const std::string& otherwise) {
  DatabaseErrorDetails details = answers_.details;
  const auto each = split_statements(statements);
  auto statement = strip(statements);
  if (details.position > 0) {
    const char* at = statements.data() + bytes_of(statements, details.position - 1);
    for (const auto one : each) {
      if (at < one.data() || at > one.data() + one.size()) continue;
      const std::string_view before(one.data(),
                                    static_cast<std::size_t>(at - one.data()));
      statement = one;
      details.position =
          1 + static_cast<int>(std::count_if(before.begin(), before.end(), [](char c) {
            return (c & 0xc0) != 0x80;
          }));
    }
  } else if (static_cast<std::size_t>(answers_.completed) < each.size()) {
    statement = each[static_cast<std::size_t>(answers_.completed)];
    // Before the first is run, all are read.
    const auto unreadable = std::find_if(each.begin(), each.end(), [&](auto one) {
      return may_be_unreadable(one, encoding());
    });
    if (answers_.completed == 0 && is_unreadable(details.code) &&
        unreadable != each.end()) {
      statement = *unreadable;
    }
  }
  details.statement = statement;
  details.connection_lost = details.connection_lost || PQstatus(raw_) != CONNECTION_OK;
  failed_at_ = static_cast<std::size_t>(statement.data() - statements.data());
  std::string message = answers_.message;
  if (message.empty() && details.connection_lost) {
    message = lost_connection();
  } else if (message.empty()) {
    message = strip(otherwise);
  }
  throw DatabaseError(std::move(message), std::move(details));
}

void PostgresqlConnection::execute_many(std::string_view statement,
                                        std::span<const Row> rows) {
  answers_ = {};
  // Outside a transaction what is sent together is undone together.
  const auto taken = run_for_rows(raw_, std::string(statement), rows,
                                  in_transaction() ? kRowsAtOnce : 1);
  if (taken == rows.size()) return;
  answers_.details.row = taken + 1;
  fail(statement, "the row was not taken");
}

void PostgresqlConnection::copy_rows(std::string_view copy, std::span<const Row> rows) {
  answers_ = {};
  if (driver::copy_rows(raw_, std::string(copy), rows)) return;
  fail(copy, "the rows were not taken");
}

}  // namespace

}  // namespace revise::driver

revise::driver::Connection* revise_connect_postgresql(
    const revise::driver::Url& url, const revise::driver::ConnectOptions& options) {
  using namespace revise::driver;
  return new PostgresqlConnection(open_postgresql(connection_parameters(url, options)));
}
