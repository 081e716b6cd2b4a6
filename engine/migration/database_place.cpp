#include "engine/migration/database_place.hpp"

#include "engine/core/error.hpp"

namespace revise::migration {

namespace {

// Whoever may not ask for the one may still ask for the other.
constexpr const char* kSystems[] = {
    "(SELECT system_identifier::text FROM pg_catalog.pg_control_system())",
    "''::text",
};

DatabasePlace place_of(driver::Connection& connection, const std::string& system) {
  const auto found = connection.query(
      "SELECT " + system +
      ", extract(epoch FROM pg_catalog.pg_postmaster_start_time())::text, oid::text "
      "FROM pg_catalog.pg_database WHERE datname = current_database()");
  const auto& row = found.rows.at(0);
  const auto text = [&row](std::size_t column) {
    return std::get<std::string>(row.at(column));
  };
  return {.server = text(0) + " " + text(1), .system = text(0), .database = text(2)};
}

}  // namespace

DatabasePlace find_place(driver::Connection& connection) {
  for (const auto* system : kSystems) {
    try {
      return place_of(connection, system);
    } catch (const DatabaseError& error) {
      if (error.details().connection_lost) throw;
    }
  }
  return {};
}

}  // namespace revise::migration
