#include "engine/driver/postgresql.hpp"

#include <libpq-events.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <pqxx/pqxx>
#include <string>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/driver/postgresql_messages.hpp"
#include "engine/driver/postgresql_statements.hpp"

namespace revise::driver {

namespace {

// Object identifiers of types (pg_type.dat), which never change.
enum Oid_ {
  Bool = 16,
  Bytea = 17,
  Int8 = 20,
  Int2 = 21,
  Int4 = 23,
  Oid4 = 26,
  Float4 = 700,
  Float8 = 701
};

// What the server answered to the string that is being run. libpqxx keeps a message
// and an SQLSTATE of an error; libpq's events show every result with all its fields.
struct Answers {
  int completed = 0;            // statements, in the order of the string
  std::vector<int> ended = {};  // places of those whose tag is COMMIT or ROLLBACK
  bool copies = false;          // COPY wants data, or gives some
  int copy_place = 0;           // of the first such among the statements
  bool refused = false;
  std::string message = {};
  DatabaseErrorDetails details = {};
};

std::string field_of(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text == nullptr ? std::string() : std::string(text);
}

void note_result(Answers& answers, PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE: {
      const std::string position = field_of(result, PG_DIAG_STATEMENT_POSITION);
      answers.refused = true;
      answers.message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
      answers.details.code = field_of(result, PG_DIAG_SQLSTATE);
      answers.details.detail = field_of(result, PG_DIAG_MESSAGE_DETAIL);
      answers.details.hint = field_of(result, PG_DIAG_MESSAGE_HINT);
      std::from_chars(position.data(), position.data() + position.size(),
                      answers.details.position);
      break;
    }
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
      if (!answers.copies) answers.copy_place = answers.completed;
      answers.copies = true;
      break;
    default: {
      const std::string_view tag = PQcmdStatus(result);
      if (tag == "COMMIT" || tag == "ROLLBACK" || tag == "PREPARE TRANSACTION") {
        answers.ended.push_back(answers.completed);
      }
      ++answers.completed;
    }
  }
}

int on_event(PGEventId event, void* info, void* answers) {
  if (event == PGEVT_RESULTCREATE) {
    note_result(*static_cast<Answers*>(answers),
                static_cast<PGEventResultCreate*>(info)->result);
  }
  return 1;
}

// libpqxx would write them to stderr.
void log_notice(void*, const PGresult* notice) {
  // Never translated, unlike PG_DIAG_SEVERITY.
  const std::string severity = field_of(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  const std::string message = field_of(notice, PG_DIAG_MESSAGE_PRIMARY);
  if (message.empty()) return;
  const std::string detail = field_of(notice, PG_DIAG_MESSAGE_DETAIL);
  const std::string told = detail.empty() ? message : message + "; " + detail;
  if (severity == "WARNING") {
    log::warning("revise.driver", told);
  } else {
    log::info("revise.driver", told);
  }
}

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct FreeCancel {
  void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

std::unique_ptr<PGconn, FinishConnection> open(const std::string& conninfo) {
  std::unique_ptr<PGconn, FinishConnection> raw(PQconnectdb(conninfo.c_str()));
  if (PQstatus(raw.get()) == CONNECTION_OK) return raw;
  std::string why = raw ? PQerrorMessage(raw.get()) : "out of memory";
  throw DatabaseError(std::string(strip(why)), {.connection_lost = true});
}

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

// Parameters go as text; the server knows their types.
struct ParameterText {
  std::optional<std::string> operator()(std::monostate) const { return std::nullopt; }
  std::optional<std::string> operator()(bool value) const { return value ? "t" : "f"; }
  std::optional<std::string> operator()(std::int64_t value) const {
    return std::to_string(value);
  }
  std::optional<std::string> operator()(double value) const {
    return pqxx::to_string(value);
  }
  std::optional<std::string> operator()(const std::string& value) const {
    if (value.find('\0') != std::string::npos) {
      throw DatabaseError("PostgreSQL's text cannot hold a NUL byte",
                          {.code = "22021"});
    }
    return value;
  }
  std::optional<std::string> operator()(const Blob& value) const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text = "\\x";
    for (const char c : value.bytes) {
      text += kDigits[static_cast<unsigned char>(c) >> 4];
      text += kDigits[static_cast<unsigned char>(c) & 0xf];
    }
    return text;
  }
};

class Parameters {
 public:
  explicit Parameters(std::span<const Value> values) {
    texts_.reserve(values.size());
    for (const auto& value : values)
      texts_.push_back(std::visit(ParameterText{}, value));
    for (const auto& text : texts_) {
      pointers_.push_back(text ? text->c_str() : nullptr);
    }
  }

#if PQXX_VERSION_MAJOR < 7
  auto list() const { return pqxx::prepare::make_dynamic_params(pointers_); }
#else
  pqxx::params list() const {
    pqxx::params all;
    for (const char* pointer : pointers_) all.append(pointer);
    return all;
  }
#endif

 private:
  std::vector<std::optional<std::string>> texts_;
  std::vector<const char*> pointers_;
};

Value value_of(const pqxx::field& field, unsigned type) {
  if (field.is_null()) return std::monostate{};
  switch (type) {
    case Bool:
      return field.as<bool>();
    case Int8:
    case Int2:
    case Int4:
    case Oid4:
      return static_cast<std::int64_t>(field.as<long long>());
    case Float4:
    case Float8:
      return field.as<double>();
    case Bytea: {
      const pqxx::binarystring bytes(field);
      return Blob{bytes.str()};
    }
    default:
      return std::string(field.c_str(), field.size());
  }
}

Result result_of(const pqxx::result& answer) {
  Result result;
  const auto columns = answer.columns();
  std::vector<unsigned> types;
  for (pqxx::row::size_type i = 0; i < columns; ++i) {
    result.columns.emplace_back(answer.column_name(i));
    types.push_back(static_cast<unsigned>(answer.column_type(i)));
  }
  result.rows.reserve(static_cast<std::size_t>(answer.size()));
  for (const auto& from : answer) {
    Row& row = result.rows.emplace_back();
    row.reserve(types.size());
    for (pqxx::row::size_type i = 0; i < columns; ++i) {
      row.push_back(value_of(from[i], types[static_cast<std::size_t>(i)]));
    }
  }
  if (columns == 0) result.changed = static_cast<std::int64_t>(answer.affected_rows());
  return result;
}

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

class PostgresqlConnection final : public Connection {
 public:
  explicit PostgresqlConnection(std::unique_ptr<PGconn, FinishConnection> raw)
      : raw_(raw.get()),
        cancel_(PQgetCancel(raw.get())),
        session_(std::make_unique<Session>(raw.release())),
        work_(std::make_unique<pqxx::nontransaction>(*session_)) {
    PQregisterEventProc(raw_, on_event, "revise", &answers_);
    PQsetNoticeReceiver(raw_, log_notice, nullptr);
  }
  ~PostgresqlConnection() override { work_.reset(); }

  std::string_view dialect() const override { return "postgresql"; }

  void execute(std::string_view statements) override {
    if (in_transaction()) {
      batch(statements);
      return;
    }
    // In one message they would be one transaction.
    for (const auto statement : split_statements(statements)) batch(statement);
  }

  Result batch(std::string_view statements) override {
    return run(statements, [&](const std::string& text) { return work_->exec(text); });
  }

  Result send_together(std::span<const std::string> texts) override {
    Result last;
    for (const auto& message : messages_of(texts)) {
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
  std::string lost_connection() const;
  [[noreturn]] void fail(std::string_view statements, const std::string& otherwise);

  PGconn* raw_;  // owned by the session
  std::unique_ptr<PGcancel, FreeCancel> cancel_;
  Answers answers_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<pqxx::nontransaction> work_;
  TransactionEnds ends_;
  int prepared_ = 0;
  std::size_t failed_at_ = 0;  // where the refused statement begins in what was sent
};

template <typename Send>
Result PostgresqlConnection::run(std::string_view statements, const Send& send) {
  if (statements.find('\0') != std::string_view::npos) {
    throw DatabaseError("a statement holds a NUL byte", {.code = "22021"});
  }
  answers_ = {};
  std::string otherwise;
  try {
    const pqxx::result answer = send(std::string(statements));
    if (!answers_.copies && !answers_.refused) {
      count_ends(statements);
      return result_of(answer);
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
  }
  details.statement = statement;
  failed_at_ = static_cast<std::size_t>(statement.data() - statements.data());
  details.connection_lost = PQstatus(raw_) != CONNECTION_OK;
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
  if (rows.empty()) return;
  // A name of its own: behind a pooler another client may have prepared statements in
  // the same session.
  const std::string name = "revise_" + std::to_string(PQbackendPID(raw_)) + "_" +
                           std::to_string(++prepared_);
  session_->prepare(name, std::string(statement));
  for (const auto& row : rows) {
    const Parameters given(row);
    run(statement,
        [&](const std::string&) { return work_->exec_prepared(name, given.list()); });
  }
  session_->unprepare(name);
}

// `text` as a value of a connection string.
std::string conninfo_value(std::string_view text) {
  return "'" + replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'") + "'";
}

// What the URL says comes last and wins.
std::string conninfo_of(const Url& url, const ConnectOptions& options) {
  std::string conninfo =
      "keepalives_idle=30 keepalives_interval=10 keepalives_count=3 ";
  if (!options.application_name.empty()) {
    conninfo +=
        "fallback_application_name=" + conninfo_value(options.application_name) + " ";
  }
  return conninfo + libpq_conninfo(url);
}

}  // namespace

}  // namespace revise::driver

revise::driver::Connection* revise_connect_postgresql(
    const revise::driver::Url& url, const revise::driver::ConnectOptions& options) {
  using namespace revise::driver;
  return new PostgresqlConnection(open(conninfo_of(url, options)));
}
