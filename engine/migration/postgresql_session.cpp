// PostgreSQL: a session advisory lock, and in each transaction the version table
// locked. https://www.postgresql.org/docs/15/explicit-locking.html

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/concurrent_index.hpp"
#include "engine/migration/postgresql_find_table.hpp"
#include "engine/migration/postgresql_rows.hpp"
#include "engine/migration/postgresql_settings.hpp"
#include "engine/migration/postgresql_step_end.hpp"
#include "engine/migration/session.hpp"

namespace revise::migration {

namespace {

using std::chrono::milliseconds;
using Limit = std::optional<milliseconds>;

// Typed rows are read from text. The order in which a date's parts are read stays.
constexpr std::string_view kReadable =
    "SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres'; "
    "SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; ";

// What another run's lock on the version table, or on its creation, leads to:
// lock_not_available; duplicate table, object (its row's type), schema; a unique
// violation in the catalog.
constexpr std::string_view kHeld[] = {"55P03", "42P07", "42710", "42P06", "23505"};

std::string text_at(const driver::Result& result, std::size_t column) {
  const auto* text = std::get_if<std::string>(&result.rows.at(0).at(column));
  return text == nullptr ? std::string() : *text;
}

std::int64_t number_at(const driver::Result& result, std::size_t column) {
  const auto* number = std::get_if<std::int64_t>(&result.rows.at(0).at(column));
  return number == nullptr ? 0 : *number;
}

bool flag_at(const driver::Result& result, std::size_t column) {
  const auto* flag = std::get_if<bool>(&result.rows.at(0).at(column));
  return flag != nullptr && *flag;
}

// Of several texts, of which `sent` are done with: the error counts those too.
driver::Result send_counted(driver::Connection& connection,
                            std::span<const std::string> texts, std::size_t sent) {
  try {
    return connection.send_together(texts);
  } catch (const DatabaseError& error) {
    auto details = error.details();
    details.text += sent;
    throw DatabaseError(error.what(), std::move(details));
  }
}

class PostgresqlSession final : public Session {
 public:
  PostgresqlSession(driver::Connection& connection, const Settings& settings)
      : Session(connection, settings) {}

  VersionState read() override;
  std::string schema_fault() const override;
  std::string notice() const override;
  bool try_lock() override;
  void watch_locks(const Connect& connect) override;
  std::string acts_as() const override { return acts_as_; }
  std::string limit_struck(std::string_view code) const override;
  std::string blockers(std::string_view code) const override;
  std::string holder() override;
  void unlock() noexcept override;
  void open_transaction() override {
    if (!connection_.in_transaction()) connection_.batch(begin_sql());
  }
  std::optional<VersionState> try_begin() override;
  bool sends_together() const override { return reads_as_standard_; }
  void end_step(const graph::RowChanges& changes,
                std::span<const std::string> waiting) override;
  void commit() override { connection_.execute("COMMIT"); }
  graph::Rows rows() override;
  Outcome outcome(driver::Connection& other) override;
  std::string block_fault() const override;
  void enter_autocommit() override;
  void execute_outside(std::string_view sql) override {
    execute_again(connection_, dialect_, sql);
  }
  operations::Operation repeatable(const operations::Operation& operation) override {
    return run_again(connection_, dialect_, operation);
  }
  std::string timeouts_sql(const operations::Timeouts& timeouts) override;
  void insert(const operations::BulkInsertOp& op,
              const dialects::Statement& insert) override {
    insert_rows(connection_, dialect_, op, insert);
  }
  void note_statement(std::string_view sql) override;

 private:
  std::string literal(std::string_view text) const {
    return dialect_.literal(std::string(text));
  }
  std::string settings_sql() const;
  VersionState find_table(const driver::Result& found);
  std::string lock_key() const;
  std::string qualified_table() const {
    return dialect_.qualified(table_.schema, table_.name);
  }
  bool may_create() const {
    return has_schema_ || settings_.version_schema == VersionSchema::CreateIfAbsent;
  }
  bool try_lock_table();
  bool is_limited() const;
  bool lock_and_read(VersionState& now);
  std::string begin_sql() const;
  void watch_client();
  void watch_limits();
  void start_lock_watch(milliseconds timeout);
  void create_table();
  void capture();
  std::string end_sql(const graph::RowChanges& changes);

  bool is_pooled_ = false;
  bool is_locked_ = false;
  bool is_watched_ = false;
  bool waits_for_table_ = false;
  bool exists_ = false;
  bool has_schema_ = false;
  bool has_deferred_ = false;
  bool reads_as_standard_ = false;  // standard_conforming_strings is on
  PostgresqlStepEnd step_end_{dialect_, table_};
  std::string transaction_;      // pg_current_xact_id()
  operations::Timeouts limits_;  // wherever they were set
  operations::Timeouts step_;    // what set_timeouts() set since the step began
  bool is_limit_known_ = true;   // no unit set one by itself
  std::chrono::steady_clock::time_point sent_at_ = {};  // the last statement of a unit
  std::string acts_as_;
  Connect connect_;
  std::unique_ptr<LockWatch> lock_watch_;
};

std::string PostgresqlSession::settings_sql() const {
  std::string sql;
  for (const auto& one :
       set_statements(dialect_, settings_.session, Hold::Transaction)) {
    sql += one + "; ";
  }
  return sql;
}

VersionState PostgresqlSession::find_table(const driver::Result& found) {
  is_pooled_ = number_at(found, 0) != connection_.backend_pid();
  table_.schema = text_at(found, 1);
  exists_ = flag_at(found, 2);
  has_schema_ = flag_at(found, 3);
  has_deferred_ = has_deferred_ || flag_at(found, 4);
  VersionState state{.exists = exists_, .schema = table_.schema};
  limits_ = {.lock_timeout = milliseconds(number_at(found, 5)),
             .statement_timeout = milliseconds(number_at(found, 6))};
  acts_as_ = text_at(found, 8);
  if (const auto width = number_at(found, 7); width > 0) {
    state.width = static_cast<int>(width);
  }
  return state;
}

VersionState PostgresqlSession::read() {
  const auto found =
      connection_.batch("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; " +
                        settings_sql() + find_table_sql(dialect_, table_));
  VersionState state = find_table(found);
  if (state.exists) {
    state.rows =
        rows_of(connection_.batch(dialects::select_versions(dialect_, table_)));
  }
  connection_.execute("ROLLBACK");
  return state;
}

std::string PostgresqlSession::schema_fault() const {
  if (exists_ || has_schema_ ||
      settings_.version_schema == VersionSchema::CreateIfAbsent) {
    return {};
  }
  return "the schema " + quoted(table_.schema) +
         " of the version table does not exist; create it, or set "
         "create_version_schema = true";
}

std::string PostgresqlSession::notice() const {
  if (!is_pooled_) return {};
  return "a transaction pooler stands before this server; two runs are kept apart "
         "transaction by transaction, and blocks outside a transaction are refused";
}

std::string PostgresqlSession::lock_key() const {
  const std::string name =
      "revise\n" + settings_.version_table.schema + "\n" + settings_.version_table.name;
  const auto bits = std::stoull(sha256(name).substr(0, 16), nullptr, 16);
  return std::to_string(static_cast<std::int64_t>(bits));
}

// A unit's SET, unlike SET LOCAL, outlives the commit of its step.
std::string PostgresqlSession::begin_sql() const {
  const std::string begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; ";
  if (!step_end_.is_captured()) return begin + std::string(kReadable) + settings_sql();
  return begin + step_end_.put_back_sql(Hold::Transaction) + "; ";
}

// Else the statement of a client that was killed runs on, and commits. PostgreSQL has
// it since 14, and not on every system: without it a run is still right.
void PostgresqlSession::watch_client() {
  if (is_pooled_ || is_watched_) return;
  is_watched_ = true;
  try {
    connection_.execute("SET client_connection_check_interval = '1s'");
  } catch (const DatabaseError& error) {
    if (error.details().connection_lost) throw;
  }
}

// Polled, never waited for: a statement that blocks holds a snapshot, and deadlocks
// with the holder's CREATE INDEX CONCURRENTLY.
bool PostgresqlSession::try_lock() {
  watch_client();
  if (settings_.locking == Locking::None || is_locked_) return true;
  if (settings_.locking == Locking::Transaction) return try_lock_table();
  if (!is_pooled_) {
    is_locked_ = flag_at(
        connection_.batch("SELECT pg_try_advisory_lock(" + lock_key() + ")"), 0);
    return is_locked_;
  }
  if (connection_.in_transaction()) return true;
  const auto got = connection_.batch(begin_sql() + "SELECT pg_try_advisory_xact_lock(" +
                                     lock_key() + ")");
  if (flag_at(got, 0)) return true;
  connection_.execute("ROLLBACK");
  return false;
}

// Whoever stood in line for the table would keep its next readers out, hence NOWAIT;
// one that is just being created cannot be asked for without standing in line.
bool PostgresqlSession::try_lock_table() {
  if (connection_.in_transaction()) return true;
  try {
    find_table(connection_.batch(begin_sql() + find_table_sql(dialect_, table_)));
    if (exists_) {
      connection_.batch("LOCK TABLE " + qualified_table() +
                        " IN SHARE ROW EXCLUSIVE MODE NOWAIT");
    } else if (may_create()) {
      connection_.batch("SET LOCAL lock_timeout = '200ms'");
      create_table();
      connection_.batch("SET LOCAL lock_timeout = " +
                        std::to_string(limits_.lock_timeout->count()));
    }
    return true;
  } catch (const DatabaseError& error) {
    const auto held = std::find(std::begin(kHeld), std::end(kHeld), error.code());
    if (held == std::end(kHeld)) throw;
  }
  exists_ = false;
  connection_.execute("ROLLBACK");
  return false;
}

// A second session costs time and a place: only where waits may be cut short.
void PostgresqlSession::start_lock_watch(milliseconds timeout) {
  if (lock_watch_ || is_pooled_ || !connect_) return;
  lock_watch_ =
      std::make_unique<LockWatch>(connect_, connection_.backend_pid(), timeout);
}

void PostgresqlSession::watch_locks(const Connect& connect) {
  connect_ = connect;
  watch_limits();
}

// Often enough for the shorter of the two.
void PostgresqlSession::watch_limits() {
  for (const auto& limits : {step_, limits_}) {
    auto least = milliseconds::max();
    for (const auto& limit : {limits.lock_timeout, limits.statement_timeout}) {
      if (limit && limit->count() > 0) least = std::min(least, *limit);
    }
    if (least != milliseconds::max()) return start_lock_watch(least);
  }
}

std::string PostgresqlSession::timeouts_sql(const operations::Timeouts& timeouts) {
  step_ = timeouts;
  watch_limits();
  const auto hold = connection_.in_transaction() ? Hold::Transaction : Hold::Session;
  return join(set_statements(timeouts, hold), "; ");
}

std::string PostgresqlSession::limit_struck(std::string_view code) const {
  const auto told = [this](std::string_view name, const Limit& step, const Limit& run) {
    const auto value = step.value_or(run.value_or(milliseconds(0)));
    if (!is_limit_known_ || value.count() == 0) return std::string();
    return std::string(name) + " of " + std::to_string(value.count()) + " ms";
  };
  if (code == "55P03")
    return told("lock_timeout", step_.lock_timeout, limits_.lock_timeout);
  if (code == "57014")
    return told("statement_timeout", step_.statement_timeout,
                limits_.statement_timeout);
  return {};
}

// A statement that ran out of its own time need not have waited for anybody.
std::string PostgresqlSession::blockers(std::string_view code) const {
  if (!lock_watch_) return {};
  if (code == "55P03") return lock_watch_->blockers({});
  return code == "57014" ? lock_watch_->blockers(sent_at_) : std::string();
}

std::string PostgresqlSession::holder() {
  const std::string lock =
      settings_.locking == Locking::Transaction || waits_for_table_
          ? "l.locktype = 'relation' AND l.relation = to_regclass(" +
                literal(qualified_table()) +
                ") AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')"
          : "l.locktype = 'advisory' AND (l.classid::bigint << 32) | l.objid::bigint "
            "= " +
                lock_key();
  const auto rows = connection_.batch(
      "SELECT " + backend_text("a.backend_start") +
      " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
      "WHERE " +
      lock +
      " AND l.granted AND l.pid <> pg_backend_pid() AND l.database = (SELECT oid FROM "
      "pg_catalog.pg_database WHERE "
      "datname = current_database())");
  return rows.rows.empty() ? std::string() : text_at(rows, 0);
}

void PostgresqlSession::unlock() noexcept {
  rollback();
  if (!is_locked_) return;
  is_locked_ = false;
  try {
    connection_.execute("SELECT pg_advisory_unlock(" + lock_key() + ")");
  } catch (const Error&) {  // gone with the session
  }
}

void PostgresqlSession::create_table() {
  if (!has_schema_) {
    connection_.execute("CREATE SCHEMA IF NOT EXISTS " + dialect_.quote(table_.schema));
    has_schema_ = true;
  }
  connection_.execute(dialects::create_version_table(dialect_, table_));
  exists_ = true;
}

// What the settings are as the run begins is what each step finds.
void PostgresqlSession::capture() {
  const auto values = connection_.batch(
      "SELECT pg_current_xact_id()::text, "
      "current_setting('standard_conforming_strings') = 'on'" +
      PostgresqlStepEnd::columns());
  transaction_ = text_at(values, 0);
  reads_as_standard_ = flag_at(values, 1);
  if (!step_end_.is_captured()) step_end_.capture(values, 2);
}

// The server's own limit then ends the wait, and names who stood in the way.
bool PostgresqlSession::is_limited() const {
  const auto limit = limits_.lock_timeout.value_or(milliseconds(0));
  return limit.count() > 0 && limit <= settings_.wait_lock;
}

// Somebody may have the table who takes no lock of this kind, as Python's Alembic does.
bool PostgresqlSession::lock_and_read(VersionState& now) {
  const std::string lock =
      "LOCK TABLE " + qualified_table() + " IN SHARE ROW EXCLUSIVE MODE";
  const std::string select = "; " + dialects::select_versions(dialect_, table_);
  if (is_limited()) {
    now.rows = rows_of(connection_.batch(lock + select));
    return true;
  }
  try {
    now.rows = rows_of(connection_.batch("SAVEPOINT revise_begin; " + lock +
                                         " NOWAIT; RELEASE revise_begin" + select));
    return true;
  } catch (const DatabaseError& error) {
    if (error.code() != "55P03") throw;
  }
  connection_.batch("ROLLBACK TO revise_begin; RELEASE revise_begin");
  return false;
}

std::optional<VersionState> PostgresqlSession::try_begin() {
  const std::string start = connection_.in_transaction() ? std::string() : begin_sql();
  VersionState now =
      find_table(connection_.batch(start + find_table_sql(dialect_, table_)));
  if (!now.exists && may_create()) {
    create_table();
    now.exists = true;
    now.width = table_.length;
  } else if (now.exists) {
    waits_for_table_ = !lock_and_read(now);
    if (waits_for_table_) return std::nullopt;
  }
  capture();
  return now;
}

// All in one message: a step would else cost several round trips.
void PostgresqlSession::end_step(const graph::RowChanges& changes,
                                 std::span<const std::string> waiting) {
  std::vector<std::string> texts(waiting.begin(), waiting.end());
  std::size_t sent = 0;
  if (!exists_) {
    connection_.send_together(texts);
    sent = texts.size();
    texts.clear();
    has_schema_ = flag_at(connection_.batch(find_table_sql(dialect_, table_)), 3);
    if (!has_schema_) throw DatabaseError(schema_fault());
    create_table();
  }
  texts.push_back(end_sql(changes));
  const auto done = send_counted(connection_, texts, sent);
  step_ = {};
  is_limit_known_ = true;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    check_found(changes[i], number_at(done, i + 1));
  }
  if (text_at(done, 0) != transaction_) {
    throw DatabaseError("the transaction is not the one that the run began");
  }
}

std::string PostgresqlSession::end_sql(const graph::RowChanges& changes) {
  using SessionUse = PostgresqlStepEnd::SessionUse;
  const std::string checks = has_deferred_ ? std::string(kCheckDeferred) + "; " +
                                                 std::string(kDeferAgain) + "; "
                                           : "";
  return checks +
         step_end_.sql(changes, is_pooled_ ? SessionUse::Shared : SessionUse::Own);
}

// A role that a unit took may not read the table.
graph::Rows PostgresqlSession::rows() {
  if (!exists_) return {};
  return rows_of(connection_.batch(step_end_.put_back_sql(Hold::Transaction) + "; " +
                                   dialects::select_versions(dialect_, table_)));
}

Session::Outcome PostgresqlSession::outcome(driver::Connection& other) {
  const auto status =
      text_at(other.batch("SELECT pg_xact_status('" + transaction_ + "'::xid8)"), 0);
  if (status == "committed") return Outcome::Committed;
  return status == "aborted" ? Outcome::RolledBack : Outcome::Unknown;
}

std::string PostgresqlSession::block_fault() const {
  if (settings_.locking == Locking::Transaction) {
    return "is kept from other runs by a session's lock, and lock = transaction does "
           "without; set lock = true for this run";
  }
  if (!is_pooled_) return {};
  return "needs a session of its own, and a transaction pooler stands before this "
         "server; give a URL that leads to the server itself";
}

// SET LOCAL would be gone with the statement.
void PostgresqlSession::enter_autocommit() {
  connection_.batch(step_end_.put_back_sql(Hold::Session));
}

void PostgresqlSession::note_statement(std::string_view sql) {
  const auto names = [sql](std::string_view word) {
    const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    return std::search(sql.begin(), sql.end(), word.begin(), word.end(), same) !=
           sql.end();
  };
  sent_at_ = std::chrono::steady_clock::now();
  has_deferred_ = has_deferred_ || may_defer(sql);
  if (names("lock_timeout") || names("statement_timeout")) is_limit_known_ = false;
  if (names("deallocate") || names("discard")) step_end_.doubt_prepared();
  // To what is not worth reading SQL for; a usual one is some seconds.
  if (!lock_watch_ && names("lock_timeout")) {
    start_lock_watch(milliseconds(400));
  }
}

}  // namespace

std::unique_ptr<Session> postgresql_session(driver::Connection& connection,
                                            const Settings& settings) {
  return std::make_unique<PostgresqlSession>(connection, settings);
}

}  // namespace revise::migration
