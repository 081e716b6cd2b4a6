#include "engine/migration/session.hpp"

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"

namespace revise::migration {

using graph::RowChange;

Session::Session(driver::Connection& connection, const Settings& settings)
    : connection_(connection),
      dialect_(dialects::dialect_named(connection_.dialect())),
      settings_(settings),
      naming_(naming_of(settings, dialect_)),
      table_(settings.version_table) {}

Session::~Session() = default;

schema::Naming naming_of(const Settings& settings, const dialects::Dialect& dialect) {
  return {.convention = settings.naming_convention,
          .max_bytes = dialect.max_name_bytes()};
}

void Session::rollback() noexcept {
  try {
    if (connection_.in_transaction()) connection_.execute("ROLLBACK");
  } catch (const Error& error) {
    // A connection that is gone: the server rolls back by itself.
    log::debug("alembic.runtime.migration", error.what());
  }
}

std::string statement_of(const dialects::Dialect& dialect,
                         const dialects::VersionTable& table, const RowChange& change) {
  switch (change.kind) {
    case RowChange::Kind::Insert:
      return dialects::insert_version(dialect, table, change.to);
    case RowChange::Kind::Delete:
      return dialects::delete_version(dialect, table, change.from);
    case RowChange::Kind::Update:
      return dialects::update_version(dialect, table, change.from, change.to);
  }
  return {};
}

graph::Rows Session::rows() {
  return rows_of(connection_.batch(dialects::select_versions(dialect_, table_)));
}

void Session::check_found(const RowChange& change, std::int64_t found) const {
  if (found == 1) return;
  const std::string what =
      change.kind == RowChange::Kind::Update
          ? "updating " + quoted(change.from) + " to " + quoted(change.to)
          : "deleting " + quoted(change.from);
  throw DatabaseError("Online migration expected to match one row when " + what +
                      " in " + quoted(table_.name) + "; " + std::to_string(found) +
                      " found");
}

std::unique_ptr<Session> open_session(driver::Connection& connection,
                                      const Settings& settings) {
  return connection.dialect() == "sqlite" ? sqlite_session(connection, settings)
                                          : postgresql_session(connection, settings);
}

}  // namespace revise::migration
