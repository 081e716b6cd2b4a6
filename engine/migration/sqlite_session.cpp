// SQLite: a run's lock is its transaction. https://sqlite.org/lang_transaction.html

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/session.hpp"
#include "engine/migration/sqlite_foreign_keys.hpp"

namespace revise::migration {

namespace {

// Pid of who has that kind of lock on `path`, from lines such as
// "1: POSIX  ADVISORY  WRITE 4711 08:01:131 0 EOF".
std::string holder_of(const std::string& path, std::string_view wanted_access) {
  struct stat file;
  if (stat(path.c_str(), &file) != 0) return {};
  char wanted[64];
  std::snprintf(wanted, sizeof wanted, "%02x:%02x:%llu", major(file.st_dev),
                minor(file.st_dev), static_cast<unsigned long long>(file.st_ino));
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, kind, sort, access, pid, place;
    words >> number >> kind >> sort >> access >> pid >> place;
    if (access == wanted_access && place == wanted && pid != std::to_string(getpid())) {
      return pid;
    }
  }
  return {};
}

std::string command_of(const std::string& pid) {
  std::ifstream in("/proc/" + pid + "/comm");
  std::string name;
  std::getline(in, name);
  return name;
}

class SqliteSession final : public Session {
 public:
  SqliteSession(driver::Connection& connection, const Settings& settings)
      : Session(connection, settings) {}

  VersionState read() override;
  bool is_busy(const DatabaseError& error) const override {
    // SQLITE_BUSY and SQLITE_LOCKED, in the lowest byte of the extended code.
    const int code = std::atoi(error.code().c_str()) & 0xff;
    return code == 5 || code == 6;
  }
  void prepare() override;
  bool try_lock() override;
  std::string holder() override;
  void unlock() noexcept override { rollback(); }
  std::optional<VersionState> try_begin() override;
  // The run has the database to itself already, and waited for it with wait_lock.
  std::string timeouts_sql(const operations::Timeouts&) override {
    log::info("alembic.runtime.migration",
              "SQLite has no lock_timeout and no statement_timeout; none is set");
    return {};
  }
  void end_step(const graph::RowChanges& changes,
                std::span<const std::string> waiting) override;
  void before_rebuild(const std::string& schema, const std::string& table) override {
    foreign_keys_.watch(connection_, schema, table);
  }
  void note_statement(std::string_view sql) override { foreign_keys_.note(sql); }
  void commit() override {
    foreign_keys_.check(connection_);
    connection_.execute("COMMIT");
  }
  // There is no line that could be cut: an error is the answer.
  Outcome outcome(driver::Connection&) override { return Outcome::RolledBack; }
  void enter_autocommit() override {}
  // Kept through the commit: nobody gets in before the next BEGIN.
  void keep_lock() override { connection_.execute("PRAGMA locking_mode = EXCLUSIVE"); }

 private:
  VersionState state();
  void check_schema();
  bool table_exists();

  SqliteForeignKeys foreign_keys_;
};

// What a unit attaches is not there yet when the table is looked for.
void SqliteSession::check_schema() {
  if (table_.schema.empty()) return;
  const auto attached = connection_.batch("PRAGMA database_list");
  for (const auto& row : attached.rows) {
    const auto* name = std::get_if<std::string>(&row.at(1));
    if (name != nullptr && lower(*name) == lower(table_.schema)) return;
  }
  throw DatabaseError("version_table_schema = " + table_.schema +
                      ": SQLite has no schemas, and no attached database of that "
                      "name; take the setting out");
}

bool SqliteSession::table_exists() {
  check_schema();
  const std::string master = table_.schema.empty()
                                 ? "sqlite_master"
                                 : dialect_.quote(table_.schema) + ".sqlite_master";
  const driver::Value name = table_.name;
  return !connection_
              .query("SELECT 1 FROM " + master +
                         " WHERE lower(name) = lower(?1) AND type IN ('table', 'view')",
                     {&name, 1})
              .rows.empty();
}

VersionState SqliteSession::state() {
  VersionState state{.exists = table_exists(), .schema = table_.schema};
  if (state.exists) {
    state.rows =
        rows_of(connection_.batch(dialects::select_versions(dialect_, table_)));
  }
  return state;
}

VersionState SqliteSession::read() {
  if (!table_.schema.empty()) return state();
  auto rows = connection_.find_texts(table_.name, "version_num");
  if (!rows) return state();
  std::sort(rows->begin(), rows->end());
  return {.exists = true, .schema = {}, .rows = std::move(*rows)};
}

// Inside a transaction the pragma does nothing, and a table that is rebuilt would take
// the rows of its children with it.
void SqliteSession::prepare() {
  connection_.execute(settings_.session.foreign_keys.value_or(false)
                          ? "PRAGMA foreign_keys = ON"
                          : "PRAGMA foreign_keys = OFF");
  // Who waits, and how long, is the runner's to say.
  connection_.execute("PRAGMA busy_timeout = 0");
}

bool SqliteSession::try_lock() {
  if (connection_.in_transaction()) return true;
  try {
    connection_.execute("BEGIN IMMEDIATE");
    return true;
  } catch (const DatabaseError& error) {
    if (!is_busy(error)) throw;
    return false;
  }
}

// Asked of the system: the file must not be opened here, for closing it would drop
// this process's own locks. In WAL mode the writer's lock is on the -shm file, and who
// is connected at all has one for reading on the other.
std::string SqliteSession::holder() {
  // Not as a table, which would read the schema and find it locked.
  const auto files = connection_.batch("PRAGMA database_list");
  for (const std::string_view access : {"WRITE", "READ"}) {
    for (const auto& row : files.rows) {
      const auto* path = std::get_if<std::string>(&row.back());
      if (path == nullptr || path->empty()) continue;
      std::string pid = holder_of(*path, access);
      if (pid.empty()) pid = holder_of(*path + "-shm", access);
      if (!pid.empty()) return "process " + pid + " (" + command_of(pid) + ")";
    }
  }
  return {};
}

std::optional<VersionState> SqliteSession::try_begin() {
  VersionState now = state();
  if (!now.exists) {
    connection_.execute(dialects::create_version_table(dialect_, table_));
    now.exists = true;
  }
  return now;
}

void SqliteSession::end_step(const graph::RowChanges& changes,
                             std::span<const std::string> waiting) {
  for (const auto& sql : waiting) connection_.execute(sql);
  for (const auto& change : changes) {
    const auto done = connection_.batch(statement_of(change));
    if (change.kind != graph::RowChange::Kind::Insert) {
      check_found(change, done.changed);
    }
  }
}

}  // namespace

std::unique_ptr<Session> sqlite_session(driver::Connection& connection,
                                        const Settings& settings) {
  return std::make_unique<SqliteSession>(connection, settings);
}

}  // namespace revise::migration
