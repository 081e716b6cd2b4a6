/// What several make at once: the second comes while the first has not committed.

#include <doctest/doctest.h>

#include <thread>

#include "tests/migration/runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

// Whether anybody waits for a lock in the database.
bool somebody_waits(const TestDatabase& database) {
  return database.select(
             "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = "
             "current_database() AND wait_event_type = 'Lock'") == "true";
}

/// What a run of `unit` comes to that meets `made` uncommitted, and waits for it.
std::string outcome_behind(const std::string& made, const Unit& unit) {
  const TestDatabase database("postgresql");
  const auto first = database.connect();
  first->execute("BEGIN");
  first->execute(made);
  std::string outcome;
  std::thread second([&] {
    const Chain chain{{{"a", unit}}};
    outcome = outcome_of(run_of(database, chain));
  });
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!somebody_waits(database) && std::chrono::steady_clock::now() < limit) {
  }
  CHECK(somebody_waits(database));
  first->execute("COMMIT");
  second.join();
  return outcome;
}

void check_behind(const std::string& made, const Unit& unit) {
  if (!tests_dialect("postgresql")) return;
  CHECK(outcome_behind(made, unit) == "done");
}

}  // namespace

TEST_SUITE("migration/concurrent_objects") {
  TEST_CASE("a schema that somebody else makes just then is used") {
    check_behind("CREATE SCHEMA s", [](Operations& op) {
      op.create_schema("s", {.if_not_exists = true});
      op.create_table("t", {Column("a", Integer)}, {.schema = "s"});
    });
  }

  TEST_CASE("an extension that somebody else makes just then is used") {
    check_behind("CREATE EXTENSION citext", [](Operations& op) {
      op.create_extension("citext", {.if_not_exists = true});
      op.create_table("t", {Column("a", postgresql::CITEXT)});
    });
  }

  TEST_CASE("an enum that somebody else makes just then is used") {
    check_behind("CREATE TYPE mood AS ENUM ('sad', 'ok')", [](Operations& op) {
      op.create_enum("mood", {"sad", "ok"});
      op.create_table("t", {Column("a", Enum({"ok"}, {.name = "mood"}))});
    });
  }
}
