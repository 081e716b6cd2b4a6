#include "engine/commands/database.hpp"

#include <unistd.h>

#include <charconv>
#include <filesystem>

#include "engine/commands/context.hpp"
#include "engine/config/database_url.hpp"
#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/version_table.hpp"

namespace revise::commands {

namespace {

constexpr std::string_view kLogger = "alembic.runtime.migration";

std::chrono::milliseconds wait_lock_of(const std::string& text) {
  long seconds = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), seconds);
  constexpr long kYear = 366L * 24 * 60 * 60;
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0 ||
      seconds > kYear) {
    throw UsageError("--wait-lock takes a number of seconds, not " +
                     revise::quoted(text));
  }
  return std::chrono::seconds(seconds);
}

migration::Locking locking_of(config::RunLock lock) {
  switch (lock) {
    case config::RunLock::Session:
      return migration::Locking::Session;
    case config::RunLock::Transaction:
      return migration::Locking::Transaction;
    case config::RunLock::None:
      break;
  }
  return migration::Locking::None;
}

migration::Settings settings_of(const config::RunSettings& run,
                                const Arguments& arguments) {
  using migration::Transactions;
  using migration::VersionSchema;
  migration::Settings settings;
  settings.version_table = {run.version_table, run.version_table_schema,
                            run.version_num_length};
  settings.version_schema = run.create_version_schema ? VersionSchema::CreateIfAbsent
                                                      : VersionSchema::MustExist;
  settings.session = {run.role, run.search_path, run.statement_timeout,
                      run.lock_timeout, run.foreign_keys};
  settings.transactions =
      run.transaction_per_migration ? Transactions::PerStep : Transactions::PerRun;
  settings.locking = locking_of(run.lock);
  settings.wait_lock = given_wait_lock(arguments).value_or(run.wait_lock);
  return settings;
}

// What an operator sees in pg_stat_activity.
std::string application_name(std::string_view command) {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  return "revise " + std::string(command) + " " + host + ":" + std::to_string(getpid());
}

}  // namespace

std::optional<std::chrono::milliseconds> given_wait_lock(const Arguments& arguments) {
  const auto text = arguments.value("wait-lock");
  if (!text) return std::nullopt;
  return wait_lock_of(*text);
}

Database choose_database(const Invocation& invocation, const Project& project) {
  const auto& arguments = invocation.arguments;
  const auto chosen = config::choose_database_url(
      project.sources,
      {arguments.value("url").value_or(""), arguments.value("url-file").value_or("")},
      project.scripts.locations().directory);
  Database database;
  database.url = driver::parse_url(chosen.url);
  database.source = chosen.source;
  database.settings = settings_of(project.settings.run, arguments);
  database.options.application_name = application_name(invocation.command);
  if (const auto timeout = project.settings.run.busy_timeout) {
    database.options.busy_timeout = *timeout;
  }
  return database;
}

void announce(const Invocation& invocation, const Database& database) {
  invocation.console.note("Database " + database.url.redacted() + ", from " +
                          database.source + "\n");
}

void log_context(const Database& database, Mode mode) {
  const std::string& dialect = database.url.dialect;
  const std::string impl = dialect == "sqlite"       ? "SQLiteImpl"
                           : dialect == "postgresql" ? "PostgresqlImpl"
                                                     : dialect;
  log::info(kLogger, "Context impl " + impl + ".");
  if (mode == Mode::Script) log::info(kLogger, "Generating static SQL");
  log::info(kLogger, "Will assume transactional DDL.");
}

std::unique_ptr<driver::Connection> open_database(const Database& database,
                                                  driver::Access access) {
  auto options = database.options;
  options.access = access;
  return in_context("opening the database " + database.url.redacted(),
                    [&] { return driver::connect(database.url, options); });
}

bool is_absent(const Database& database) {
  const auto& url = database.url;
  if (url.dialect != "sqlite") return false;
  // What a `file:` URI names is for SQLite to find out.
  return url.in_memory() ||
         (!url.database.starts_with("file:") && !std::filesystem::exists(url.database));
}

std::vector<graph::RevisionId> current_rows(const Database& database) {
  if (is_absent(database)) return {};
  const auto connection = open_database(database, driver::Access::ReadOnly);
  log_context(database, Mode::Online);
  return in_context("reading the version table", [&] {
    return migration::read_current(*connection, database.settings).rows;
  });
}

}  // namespace revise::commands
