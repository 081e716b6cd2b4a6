#include "engine/migration/prepared.hpp"

#include <charconv>
#include <optional>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/dialect.hpp"

namespace revise::migration {

namespace {

std::string short_hash(const std::string& text) { return sha256(text).substr(0, 12); }

// "revise:TABLE:RUN:PLACE:FIRST:WHERE:TRANSACTION", where TABLE is a hash of the
// version table as it is set.
std::string prefix_of(const Participant& participant) {
  const auto& table = participant.run.settings.version_table;
  return "revise:" + short_hash(table.schema + "\n" + table.name) + ":";
}

const dialects::Dialect& dialect() { return dialects::dialect_named("postgresql"); }

std::string literal(const std::string& text) { return dialect().literal(text); }

constexpr std::string_view kHere = "here";
constexpr std::string_view kThere = "there";

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

std::optional<Prepared> parse_gid(const std::string& gid) {
  const auto parts = split(gid, ':');
  if (parts.size() != 7) return std::nullopt;
  Prepared prepared{
      .run = parts[2],
      .first = parts[4],
      .where = parts[5] == kHere ? Prepared::First::Here : Prepared::First::There,
      .transaction = parts[6],
      .gid = gid};
  const auto& place = parts[3];
  const auto end = place.data() + place.size();
  const bool is_ours = std::from_chars(place.data(), end, prepared.place).ptr == end &&
                       is_number(place) && is_number(prepared.transaction);
  return is_ours ? std::optional(prepared) : std::nullopt;
}

[[noreturn]] void refuse_unknown(const std::string& gid) {
  DatabaseError error("the transaction " + quoted(gid) +
                      " is prepared for this version table, and does not say of which "
                      "run it is");
  error.add_note("way out: " + ending_sql(gid, Ending::Commit) + " or " +
                 ending_sql(gid, Ending::Rollback) + " by hand, then run it again");
  throw error;
}

}  // namespace

std::string make_gid(const Prepared& prepared, const Participant& participant) {
  const auto where = prepared.where == Prepared::First::Here ? kHere : kThere;
  return prefix_of(participant) + prepared.run + ":" + std::to_string(prepared.place) +
         ":" + prepared.first + ":" + std::string(where) + ":" + prepared.transaction;
}

std::string name_of_first(const Run& run, const DatabasePlace& place) {
  return short_hash(place.system + "\n" + run.identity);
}

std::vector<Prepared> find_prepared(const Participant& participant) {
  const auto rows =
      participant.session.connection()
          .query(
              "SELECT gid, owner::text FROM pg_catalog.pg_prepared_xacts WHERE "
              "database = current_database() AND gid LIKE " +
              literal(prefix_of(participant) + "%") + " ORDER BY gid")
          .rows;
  std::vector<Prepared> found;
  for (const auto& row : rows) {
    const auto& gid = std::get<std::string>(row.at(0));
    auto prepared = parse_gid(gid);
    if (!prepared) refuse_unknown(gid);
    prepared->owner = std::get<std::string>(row.at(1));
    found.push_back(std::move(*prepared));
  }
  return found;
}

bool is_prepared(driver::Connection& connection, const std::string& gid) {
  return !connection
              .query(
                  "SELECT FROM pg_catalog.pg_prepared_xacts WHERE database = "
                  "current_database() AND gid = " +
                  literal(gid))
              .rows.empty();
}

std::string ending_sql(const std::string& gid, Ending ending) {
  return (ending == Ending::Commit ? "COMMIT PREPARED " : "ROLLBACK PREPARED ") +
         literal(gid);
}

// It ran under SET LOCAL ROLE, which ended with PREPARE TRANSACTION.
void end_prepared(driver::Connection& connection, const Prepared& prepared,
                  Ending ending) {
  const auto who = connection.query("SELECT current_user::text");
  if (std::get<std::string>(who.rows.at(0).at(0)) == prepared.owner) {
    connection.execute(ending_sql(prepared.gid, ending));
    return;
  }
  connection.execute("SET ROLE " + dialect().quote(prepared.owner));
  try {
    connection.execute(ending_sql(prepared.gid, ending));
  } catch (const DatabaseError& error) {
    if (!error.details().connection_lost) connection.execute("RESET ROLE");
    throw;
  }
  connection.execute("RESET ROLE");
}

Fate find_fate(driver::Connection& connection, const std::string& transaction) {
  const auto found = connection.query("SELECT pg_catalog.pg_xact_status(" +
                                      literal(transaction) + "::xid8)");
  const auto* status = std::get_if<std::string>(&found.rows.at(0).at(0));
  if (status == nullptr) return Fate::Unknown;
  if (*status == "committed") return Fate::Committed;
  return *status == "aborted" ? Fate::RolledBack : Fate::Open;
}

}  // namespace revise::migration
