#include "engine/driver/sqlite.hpp"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unordered_map>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/driver/sqlite_pages.hpp"

namespace revise::driver {

namespace {

// RETURNING and DROP COLUMN came with it.
constexpr int kOldestLibrary = 3035000;

// Statements that are kept prepared. A run repeats a handful of them.
constexpr std::size_t kMaxCached = 32;

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// Resets on the way out, so that an error leaves no statement half run: it would keep
// the transaction from ending.
struct Reset {
  sqlite3_stmt* statement;
  ~Reset() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

int run_plainly(sqlite3* database, const char* statement) {
  return sqlite3_exec(database, statement, nullptr, nullptr, nullptr);
}

struct EndTransaction {
  sqlite3* database;
  ~EndTransaction() { run_plainly(database, "ROLLBACK"); }
};

bool is_folder(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool exists(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0;
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string why_not_writable(const std::string& path) {
  if (access(path.c_str(), W_OK) != 0) {
    return "the file '" + path + "' is not writable: " + std::strerror(errno);
  }
  if (access(folder_of(path).c_str(), W_OK) != 0) {
    return "the folder '" + folder_of(path) +
           "', where SQLite keeps its journal, is not writable: " +
           std::strerror(errno);
  }
  return {};
}

// SQLite's own words are kept; what it leaves out is which file, and what to do.
std::string hint_for(int code, const std::string& path) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another connection holds the database; try again when it has ended";
    case SQLITE_READONLY:
      return why_not_writable(path);
    case SQLITE_FULL:
      return "the file system of '" + path +
             "' has no space left, or a quota is used up";
    case SQLITE_NOTADB:
      return "'" + path +
             "' is something else, or an encrypted database, or damaged; nothing was "
             "written. Restore it from a backup, or see sqlite3's .recover";
    case SQLITE_CORRUPT:
      return "restore '" + path + "' from a backup, or see sqlite3's .recover";
    default:
      return {};
  }
}

std::string why_not_opened(const std::string& path) {
  if (is_folder(path)) return "'" + path + "' is a folder, not a database";
  if (!is_folder(folder_of(path))) {
    return "the folder '" + folder_of(path) + "' does not exist";
  }
  if (exists(path) && access(path.c_str(), R_OK) != 0) {
    return "'" + path + "' is not readable: " + std::strerror(errno);
  }
  if (!exists(path) && access(folder_of(path).c_str(), W_OK) != 0) {
    return "the file cannot be created in '" + folder_of(path) +
           "': " + std::strerror(errno);
  }
  return {};
}

int characters_before(std::string_view text, int offset) {
  const auto part = text.substr(0, static_cast<std::size_t>(std::max(offset, 0)));
  return static_cast<int>(std::count_if(part.begin(), part.end(),
                                        [](char c) { return (c & 0xc0) != 0x80; }));
}

// The first statement of `script` as errors name it. Only asked after an error: SQLite
// does not say where a statement ends that it could not read.
std::string_view first_statement(std::string_view script) {
  for (auto end = script.find(';'); end != script.npos;
       end = script.find(';', end + 1)) {
    const std::string upto(script.substr(0, end + 1));
    if (sqlite3_complete(upto.c_str()) != 0 && !strip(script.substr(0, end)).empty()) {
      return strip(script.substr(0, end));
    }
  }
  return strip(script);
}

[[noreturn]] void fail(sqlite3* database, std::string_view statement) {
  const int code = sqlite3_extended_errcode(database);
  const char* file = sqlite3_db_filename(database, "main");
  DatabaseErrorDetails details{.statement = std::string(first_statement(statement)),
                               .code = std::to_string(code),
                               .hint = hint_for(code, file == nullptr ? "" : file)};
#if SQLITE_VERSION_NUMBER >= 3038000
  if (const int offset = sqlite3_error_offset(database); offset >= 0) {
    const auto leading = statement.find_first_not_of(" \t\r\n");
    const auto from = leading == std::string_view::npos ? 0 : leading;
    details.position = characters_before(statement, offset) -
                       characters_before(statement, static_cast<int>(from)) + 1;
  }
#endif
  throw DatabaseError(sqlite3_errmsg(database), std::move(details));
}

int busy_milliseconds(const Url& url, const ConnectOptions& options) {
  if (const auto timeout = url.option("timeout")) {
    return static_cast<int>(std::strtod(timeout->c_str(), nullptr) * 1000);
  }
  return static_cast<int>(options.busy_timeout.count());
}

enum class Mode { Read, ReadAndRecover, Write };

Database open(const SqliteFile& file, Mode mode) {
  int flags = SQLITE_OPEN_EXRESCODE;
  if (mode == Mode::Read) flags |= SQLITE_OPEN_READONLY;
  if (mode == Mode::ReadAndRecover) flags |= SQLITE_OPEN_READWRITE;
  if (mode == Mode::Write) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (file.is_uri) flags |= SQLITE_OPEN_URI;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.name.c_str(), &raw, flags, nullptr);
  Database database(raw);
  if (code == SQLITE_OK) return database;
  const std::string why = why_not_opened(file.name);
  throw DatabaseError("cannot open database '" + file.name +
                          "': " + (why.empty() ? sqlite3_errstr(code) : why),
                      {.code = std::to_string(code)});
}

// SQLite takes it for the end of all that it is given.
void check_bytes(std::string_view statements) {
  if (statements.find('\0') == statements.npos) return;
  throw DatabaseError("a statement holds a NUL byte",
                      {.code = std::to_string(SQLITE_ERROR)});
}

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(Database database) : database_(std::move(database)) {}

  std::string_view dialect() const override { return "sqlite"; }
  void execute(std::string_view statements) override { run_all(statements, nullptr); }
  Result batch(std::string_view statements) override {
    Result last;
    run_all(statements, &last);
    return last;
  }
  Result query(std::string_view statement, std::span<const Value> parameters) override;
  void execute_many(std::string_view statement, std::span<const Row> rows) override;
  std::optional<std::vector<std::string>> find_texts(std::string_view table,
                                                     std::string_view column) override;
  bool in_transaction() const override {
    return sqlite3_get_autocommit(database_.get()) == 0;
  }
  const TransactionEnds& transaction_ends() const override { return ends_; }
  void cancel() noexcept override { sqlite3_interrupt(database_.get()); }

 private:
  void run_all(std::string_view statements, Result* last);
  sqlite3_stmt* prepared(std::string_view statement);
  void bind(sqlite3_stmt* statement, std::span<const Value> values);
  void run(sqlite3_stmt* statement, std::string_view text, Result* result);
  Row read_row(sqlite3_stmt* statement) const;

  Database database_;
  // Declared after the database, so that they are finalized before it is closed.
  std::unordered_map<std::string, Statement> cache_;
  TransactionEnds ends_;
};

// Steps to the end, with the rows into `result` when there is one.
void SqliteConnection::run(sqlite3_stmt* statement, std::string_view text,
                           Result* result) {
  const bool was_open = in_transaction();
  const int changes_before = sqlite3_total_changes(database_.get());
  const int columns = sqlite3_column_count(statement);
  if (result != nullptr) {
    *result = {};
    for (int i = 0; i < columns; ++i) {
      result->columns.emplace_back(sqlite3_column_name(statement, i));
    }
  }
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    if (result != nullptr) result->rows.push_back(read_row(statement));
  }
  if (was_open && !in_transaction()) {
    ++ends_.count;
    ends_.statement = first_statement(text);
  }
  if (code != SQLITE_DONE) fail(database_.get(), text);
  if (result != nullptr && sqlite3_total_changes(database_.get()) != changes_before) {
    result->changed = sqlite3_changes(database_.get());
  }
}

void SqliteConnection::run_all(std::string_view statements, Result* last) {
  check_bytes(statements);
  while (!statements.empty()) {
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int code =
        sqlite3_prepare_v2(database_.get(), statements.data(),
                           static_cast<int>(statements.size()), &raw, &tail);
    const Statement statement(raw);
    if (code != SQLITE_OK) fail(database_.get(), statements);
    const auto length = static_cast<std::size_t>(tail - statements.data());
    if (statement) run(statement.get(), statements.substr(0, length), last);
    statements.remove_prefix(length);
  }
}

sqlite3_stmt* SqliteConnection::prepared(std::string_view statement) {
  check_bytes(statement);
  std::string key(statement);
  if (const auto found = cache_.find(key); found != cache_.end()) {
    return found->second.get();
  }
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code =
      sqlite3_prepare_v3(database_.get(), key.c_str(), static_cast<int>(key.size()),
                         SQLITE_PREPARE_PERSISTENT, &raw, &tail);
  Statement made(raw);
  if (code != SQLITE_OK) fail(database_.get(), statement);
  if (!made) {
    throw DatabaseError("there is no statement to run", {.statement = key});
  }
  sqlite3_stmt* rest = nullptr;
  sqlite3_prepare_v2(database_.get(), tail, -1, &rest, nullptr);
  if (const Statement second(rest); second) {
    throw DatabaseError("one statement was expected, and there are several",
                        {.statement = key});
  }
  if (cache_.size() >= kMaxCached) cache_.clear();
  return cache_.emplace(std::move(key), std::move(made)).first->second.get();
}

void SqliteConnection::bind(sqlite3_stmt* statement, std::span<const Value> values) {
  if (const int wanted = sqlite3_bind_parameter_count(statement);
      wanted != static_cast<int>(values.size())) {
    throw DatabaseError("the statement has " + std::to_string(wanted) +
                            " parameters, and " + std::to_string(values.size()) +
                            " values were given",
                        {.statement = sqlite3_sql(statement)});
  }
  struct Bind {
    sqlite3_stmt* to;
    int place;
    int operator()(std::monostate) const { return sqlite3_bind_null(to, place); }
    int operator()(bool value) const { return sqlite3_bind_int(to, place, value); }
    int operator()(std::int64_t value) const {
      return sqlite3_bind_int64(to, place, value);
    }
    int operator()(double value) const {
      if (std::isnan(value)) {
        throw DatabaseError("SQLite has no NaN, and would store NULL for it",
                            {.statement = sqlite3_sql(to)});
      }
      return sqlite3_bind_double(to, place, value);
    }
    // Static: the values outlive the step, and the bindings are cleared after it.
    int operator()(const std::string& value) const {
      return sqlite3_bind_text64(to, place, value.data(), value.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    }
    int operator()(const Blob& value) const {
      return sqlite3_bind_blob64(to, place, value.bytes.data(), value.bytes.size(),
                                 SQLITE_STATIC);
    }
  };
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int code = std::visit(Bind{statement, static_cast<int>(i) + 1}, values[i]);
    if (code != SQLITE_OK) fail(database_.get(), sqlite3_sql(statement));
  }
}

Row SqliteConnection::read_row(sqlite3_stmt* statement) const {
  Row row;
  const int columns = sqlite3_column_count(statement);
  row.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) {
    const auto bytes = [&](const void* data) {
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
      return size == 0 ? std::string()
                       : std::string(static_cast<const char*>(data), size);
    };
    switch (sqlite3_column_type(statement, i)) {
      case SQLITE_INTEGER:
        row.emplace_back(std::int64_t{sqlite3_column_int64(statement, i)});
        break;
      case SQLITE_FLOAT:
        row.emplace_back(sqlite3_column_double(statement, i));
        break;
      case SQLITE_TEXT:
        row.emplace_back(bytes(sqlite3_column_text(statement, i)));
        break;
      case SQLITE_BLOB:
        row.emplace_back(Blob{bytes(sqlite3_column_blob(statement, i))});
        break;
      default:
        row.emplace_back(std::monostate{});
    }
  }
  return row;
}

Result SqliteConnection::query(std::string_view text,
                               std::span<const Value> parameters) {
  sqlite3_stmt* statement = prepared(text);
  const Reset reset{statement};
  bind(statement, parameters);
  Result result;
  run(statement, text, &result);
  return result;
}

void SqliteConnection::execute_many(std::string_view text, std::span<const Row> rows) {
  sqlite3_stmt* statement = prepared(text);
  for (std::size_t place = 0; place < rows.size(); ++place) {
    const Reset reset{statement};
    try {
      bind(statement, rows[place]);
      run(statement, text, nullptr);
    } catch (const DatabaseError& error) {
      auto details = error.details();
      details.row = place + 1;
      throw DatabaseError(error.what(), std::move(details));
    }
  }
}

// Inside a transaction the newest pages may not be in the file yet.
std::optional<std::vector<std::string>> SqliteConnection::find_texts(
    std::string_view table, std::string_view column) {
  if (in_transaction()) return {};
  const EndTransaction end{database_.get()};
  // The pragma reads, and so takes a reader's lock, but needs no schema.
  for (const char* statement : {"BEGIN", "PRAGMA schema_version"}) {
    if (run_plainly(database_.get(), statement) != SQLITE_OK) {
      fail(database_.get(), statement);
    }
  }
  return find_texts_by_pages(database_.get(), table, column);
}

void configure(sqlite3* database, const Url& url, const ConnectOptions& options) {
  sqlite3_busy_timeout(database, busy_milliseconds(url, options));
  // A quoted name that matches no column would else be taken for a string.
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
}

// Reads the header, which opening does not: what is no database is found here.
int probe(sqlite3* database) { return run_plainly(database, "PRAGMA schema_version"); }

// What fails before anything was asked for.
[[noreturn]] void fail_to_open(sqlite3* database, const SqliteFile& file) {
  try {
    fail(database, {});
  } catch (const DatabaseError& error) {
    throw DatabaseError("cannot open database '" + file.name + "': " + error.what(),
                        error.details());
  }
}

// A killed writer leaves a journal that has to be rolled back before anything can be
// read, and a read-only connection cannot do that.
bool needs_recovery(int code) {
  return code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY ||
         code == SQLITE_READONLY_CANTINIT || code == SQLITE_READONLY_CANTLOCK;
}

Database open_to_read(const SqliteFile& file, const Url& url,
                      const ConnectOptions& options) {
  Database database = open(file, Mode::Read);
  configure(database.get(), url, options);
  const int code = probe(database.get());
  if (code == SQLITE_OK) return database;
  if (!needs_recovery(code)) fail_to_open(database.get(), file);
  database = open(file, Mode::ReadAndRecover);
  configure(database.get(), url, options);
  if (probe(database.get()) != SQLITE_OK) fail_to_open(database.get(), file);
  run_plainly(database.get(), "PRAGMA query_only = ON");
  return database;
}

std::unique_ptr<Connection> connect_sqlite(const Url& url,
                                           const ConnectOptions& options) {
  if (sqlite3_libversion_number() < kOldestLibrary) {
    throw DatabaseError(std::string("SQLite is ") + sqlite3_libversion() +
                        ", and 3.35 or newer is needed");
  }
  SqliteFile file = sqlite_file(url);
  if (options.access == Access::ReadOnly) {
    const bool is_path = !file.in_memory && !file.is_uri;
    if (is_path && !exists(file.name) && is_folder(folder_of(file.name))) {
      log::info("revise.driver", "there is no file " + quoted(file.name) +
                                     " yet; it is taken for an empty database");
      file = {.name = ":memory:", .in_memory = true};
    }
    return std::make_unique<SqliteConnection>(open_to_read(file, url, options));
  }
  Database database = open(file, Mode::Write);
  configure(database.get(), url, options);
  // How long to wait for another run is the caller's to say.
  sqlite3_busy_timeout(database.get(), 0);
  const int code = probe(database.get());
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) {
    fail_to_open(database.get(), file);
  }
  sqlite3_busy_timeout(database.get(), busy_milliseconds(url, options));
  return std::make_unique<SqliteConnection>(std::move(database));
}

}  // namespace

}  // namespace revise::driver

revise::driver::Connection* revise_connect_sqlite(
    const revise::driver::Url& url, const revise::driver::ConnectOptions& options) {
  return revise::driver::connect_sqlite(url, options).release();
}
