/// Random tables, recreated in a random order of their columns and back again: what
/// pg_dump says of them is the same, and so are their rows.
///
/// REVISE_TEST_FULL takes 40 databases of 24 tables instead of one; REVISE_TEST_SEED=N
/// the one of that seed.

#include <doctest/doctest.h>

#include <cstdlib>
#include <revise/op.hpp>

#include "tests/migration/random_tables.hpp"
#include "tests/migration/recreations.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

using Tables = std::vector<RandomTable>;
using Orders = std::vector<std::vector<std::string>>;

Tables make_tables(driver::Connection& connection, Random& random) {
  constexpr int kTables = 24;
  connection.execute(kRandomTableNeeds);
  Tables tables;
  std::vector<std::string> names;
  for (int i = 0; i < kTables; ++i) {
    tables.push_back(random_table("t" + std::to_string(i), names, random));
    CAPTURE(tables.back().sql);
    connection.execute(tables.back().sql);
    if (!tables.back().is_unlogged) names.push_back(tables.back().name);
  }
  return tables;
}

Unit recreates(const Tables& tables, const Orders& orders) {
  return [&](Operations& op) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
      op.batch_alter_table(Characters(tables[i].name), [](auto&) {},
                           {.schema = "s",
                            .recreate = "always",
                            .partial_reordering = {Names(orders[i])}});
    }
  };
}

// The rows of all tables, the columns in the order in which they were created; and
// where the sequences stand.
std::string rows_of_all(const TestDatabase& database, const Tables& tables) {
  std::string text;
  for (const auto& table : tables) {
    text += table.name + ": " +
            database.select("SELECT \"" + join(table.columns, "\", \"") + "\" FROM s." +
                            table.name + " ORDER BY key") +
            "\n";
  }
  return text + database.select(
                    "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1");
}

void torture(const TestDatabase& database, std::uint64_t seed) {
  CAPTURE(seed);
  Random random(seed);
  const auto connection = database.connect();
  connection->execute(kRichRoles);
  const Tables tables = make_tables(*connection, random);
  connection->execute("GRANT ALL ON SCHEMA s TO revise_writer");
  const auto schema = schema_dump(database);
  const auto rows = rows_of_all(database, tables);
  Orders orders[2];
  for (const auto& table : tables) {
    orders[0].push_back(shuffled(table.columns, random));
    orders[1].push_back(table.columns);
  }
  const Chain chain{
      {{"a", recreates(tables, orders[0])}, {"b", recreates(tables, orders[1])}}
  };
  Chain first = chain;
  first.revisions.pop_back();
  REQUIRE(outcome_of(run_of(database, first)) == "done");
  CHECK(difference(schema_dump(database), schema) == "");
  CHECK(rows_of_all(database, tables) == rows);
  REQUIRE(outcome_of(run_of(database, chain)) == "done");
  CHECK(bool(schema_dump(database) == schema));
  CHECK(rows_of_all(database, tables) == rows);
}

}  // namespace

TEST_SUITE("migration/recreation") {
  TEST_CASE("random tables are what they were, whatever the order of their columns") {
    const char* seed = std::getenv("REVISE_TEST_SEED");
    const bool is_full = std::getenv("REVISE_TEST_FULL") != nullptr;
    const int first = seed == nullptr ? 1 : std::atoi(seed);
    const int last = seed == nullptr && is_full ? 40 : first;
    for (int one = first; one <= last; ++one) {
      on_postgresql([&](const TestDatabase& database) {
        torture(database, static_cast<std::uint64_t>(one));
      });
    }
  }
}
