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
#include "engine/schema/naming.hpp"

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
                            run.version_num_length, run.version_table_pk};
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

namespace {

template <typename Value>
void take(Value& setting, const std::optional<Value>& said) {
  if (said) setting = *said;
}

// What stood in the settings, with what an env.cpp said in its place.
void apply(migration::Settings& settings, const environment::Host& said) {
  using migration::Transactions;
  const auto& options = said.options;
  take(settings.version_table.name, options.version_table);
  take(settings.version_table.schema, options.version_table_schema);
  if (options.version_table_pk.is_set()) {
    settings.version_table.primary_key = options.version_table_pk.is_true();
  }
  if (settings.version_table.name.empty()) {
    throw UnitError("env.cpp gives an empty version_table");
  }
  if (options.transaction_per_migration.is_set()) {
    settings.transactions = options.transaction_per_migration.is_true()
                                ? Transactions::PerStep
                                : Transactions::PerRun;
  }
  if (options.transactional_ddl.is_false()) {
    settings.transactions = Transactions::PerStep;
  }
  schema::check_convention(said.naming_convention);
  settings.naming_convention = said.naming_convention;
  auto& session = settings.session;
  take(session.role, options.postgresql_role);
  if (!said.search_path.empty()) session.search_path = said.search_path;
  if (options.postgresql_lock_timeout) {
    session.lock_timeout = options.postgresql_lock_timeout;
  }
  if (options.postgresql_statement_timeout) {
    session.statement_timeout = options.postgresql_statement_timeout;
  }
}

config::DatabaseUrl choose_url(const Invocation& invocation, const Project& project,
                               const config::Sources& sources,
                               const ConfigureOptions& said) {
  const auto& arguments = invocation.arguments;
  const config::UrlChoice choice{arguments.value("url").value_or(""),
                                 arguments.value("url-file").value_or("")};
  if (choice.url.empty() && choice.url_file.empty() && said.url) {
    return {*said.url, "env.cpp"};
  }
  return config::choose_database_url(sources, choice,
                                     project.scripts.locations().directory);
}

void choose_url(Database& database, const Invocation& invocation,
                const Project& project, const config::Sources& sources,
                const ConfigureOptions& said) {
  const bool is_offline =
      database.arguments.rendering == operations::Rendering::Offline;
  if (is_offline && said.dialect_name && !said.url) {
    database.url.dialect = *said.dialect_name;
    database.source = "env.cpp";
    return;
  }
  const auto chosen = choose_url(invocation, project, sources, said);
  database.url = driver::parse_url(chosen.url);
  database.source = chosen.source;
  if (said.dialect_name && *said.dialect_name != database.url.dialect) {
    throw UnitError(
        "env.cpp gives dialect_name = " + revise::quoted(*said.dialect_name) +
        ", and the URL is one of " + revise::quoted(database.url.dialect));
  }
}

std::string hosts_of(const driver::Url& url) {
  std::string text;
  for (const auto& host : url.hosts) {
    text += host.name + ":" + std::to_string(host.port) + ",";
  }
  return text;
}

}  // namespace

std::string Database::identity() const {
  std::string place = url.database;
  if (url.dialect == "sqlite" && !url.in_memory()) {
    std::error_code ignored;
    // Of a relative path that leads to no file yet it would stay relative, and the
    // order of two databases would change with the making of one.
    const auto path = std::filesystem::weakly_canonical(
        std::filesystem::absolute(place, ignored), ignored);
    if (!ignored) place = path.string();
  }
  // Two files are two databases, whatever table of theirs is looked at.
  const auto& table = settings.version_table;
  const std::string within =
      url.dialect == "sqlite" ? std::string() : table.schema + "." + table.name;
  return url.dialect + "\n" + hosts_of(url) + "\n" + place + "\n" + within;
}

Database choose_database(const Invocation& invocation, const Project& project,
                         const Configuration& configuration) {
  const auto& said = configuration.said.options;
  Database database;
  database.name = configuration.name;
  database.arguments = configuration.arguments;
  if (said.tag) database.arguments.tag = said.tag;
  const auto sources =
      configuration.name.empty()
          ? project.sources
          : config::sources_of_database(project.sources, configuration.name);
  const auto run = configuration.name.empty() ? project.settings.run
                                              : config::read_run_settings(sources);
  choose_url(database, invocation, project, sources, said);
  database.settings = settings_of(run, invocation.arguments);
  apply(database.settings, configuration.said);
  database.on_version_apply = said.on_version_apply.list();
  database.statements = configuration.said.statements;
  database.static_output = configuration.said.static_output;
  database.output_buffer = said.output_buffer;
  database.starting_rev = said.starting_rev;
  database.options.application_name = application_name(invocation.command);
  if (run.busy_timeout) database.options.busy_timeout = *run.busy_timeout;
  return database;
}

void announce(const Invocation& invocation, const Database& database) {
  const std::string name = database.name.empty() ? "" : database.name + ": ";
  invocation.console.note("Database " + name + database.url.redacted() + ", from " +
                          database.source + "\n");
}

void log_context(const Database& database) {
  const std::string& dialect = database.url.dialect;
  const std::string impl = dialect == "sqlite"       ? "SQLiteImpl"
                           : dialect == "postgresql" ? "PostgresqlImpl"
                                                     : dialect;
  log::info(kLogger, "Context impl " + impl + ".");
  if (database.arguments.rendering == operations::Rendering::Offline) {
    log::info(kLogger, "Generating static SQL");
  }
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
  log_context(database);
  return in_context("reading the version table", [&] {
    return migration::read_current(*connection, database.settings).rows;
  });
}

}  // namespace revise::commands
