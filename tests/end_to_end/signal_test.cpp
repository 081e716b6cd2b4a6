#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

#include "tests/end_to_end/project.hpp"
#include "tests/support/holds.hpp"
#include "tests/support/postgresql_server.hpp"
#include "tests/support/test_database.hpp"

// A run that is asked to end, or that loses its server, says what state things are in.

namespace revise::testing {
namespace {

bool happens(const std::function<bool()>& condition) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > limit) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

bool is_sleeping(const TestDatabase& database) {
  return database.select(
             "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' "
             "AND query LIKE '%pg_sleep(%' AND pid <> pg_backend_pid()") != "0";
}

void add_long_units(const Project& project, const std::string& statement) {
  project.add({.id = "first",
               .down = "",
               .upgrade = "  op.create_table(\"t\", {Column(\"n\", Integer)});"});
  project.add({.id = "second",
               .down = "first",
               .upgrade = "  op.execute(\"INSERT INTO t VALUES (1)\");\n"
                          "  op.execute(\"" +
                          statement + "\");"});
}

void end_long_statement(int signal) {
  const TestDatabase database("postgresql");
  const Project project(database.url(), "transaction_per_migration = true\n");
  add_long_units(project, "SELECT pg_sleep(600)");
  Running running(project.command({"upgrade", "head"}));
  REQUIRE(happens([&] { return is_sleeping(database); }));
  running.kill(signal);
  const auto outcome = running.wait();
  CHECK(outcome.status == 128 + signal);
  CHECK(happens([&] { return !is_sleeping(database); }));
  CHECK_MESSAGE(holds(outcome.errors, "FAILED: "), outcome.errors);
  CHECK_MESSAGE(holds(outcome.errors, "second"), outcome.errors);
  CHECK(database.select("SELECT version_num FROM alembic_version") == "first");
  CHECK(database.select("SELECT count(*) FROM t") == "0");
}

// The second unit ends its own session when STRIKE is set, `before` and `after` that.
void lose_back_end(const std::string& before, const std::string& after) {
  const TestDatabase database("postgresql");
  const Project project(database.url(), "transaction_per_migration = true\n");
  project.add({.id = "first",
               .down = "",
               .upgrade = "  op.create_table(\"t\", {Column(\"n\", Integer)});"});
  project.add({.id = "second",
               .down = "first",
               .upgrade = before +
                          "  if (std::getenv(\"STRIKE\") != nullptr && "
                          "std::system(\"psql -qd '" +
                          database.url() +
                          "' -c \\\"SELECT pg_terminate_backend(pid, 10000) FROM "
                          "pg_stat_activity WHERE application_name LIKE "
                          "'revise %'\\\" > /dev/null\") != 0) std::abort();\n"
                          "  op.execute(\"" +
                          after + "\");"});
  auto command = project.command({"upgrade", "head"});
  command.environment.push_back("STRIKE=1");
  const auto outcome = run(command);
  CHECK(outcome.status == 1);
  CHECK_MESSAGE(holds(outcome.errors, "FAILED: "), outcome.errors);
  CHECK_MESSAGE(holds(outcome.errors, "first"), outcome.errors);
  CHECK(database.select("SELECT version_num FROM alembic_version") == "first");
  CHECK(database.select("SELECT count(*) FROM t") == "0");
  const auto again = project.revise({"upgrade", "head"});
  CHECK_MESSAGE(again.status == 0, again.errors);
  CHECK(database.select("SELECT count(*) FROM t") == "1");
}

}  // namespace

TEST_SUITE("end_to_end/signal") {
  TEST_CASE("SIGINT takes the running statement from the server") {
    end_long_statement(SIGINT);
  }

  TEST_CASE("SIGTERM takes the running statement from the server") {
    end_long_statement(SIGTERM);
  }

  TEST_CASE("SIGHUP takes the running statement from the server") {
    end_long_statement(SIGHUP);
  }

  TEST_CASE("a second signal ends at once what the first could not") {
    const TestDatabase database("sqlite");
    const Project project(database.url());
    project.add({.id = "first",
                 .down = "",
                 .upgrade = "  op.create_table(\"t\", {Column(\"n\", Integer)});\n"
                            "  for (volatile bool more = true; more;) more = true;"});
    Running running(project.command({"upgrade", "head"}));
    REQUIRE(happens([&] { return holds(running.errors_so_far(), "-> first"); }));
    running.kill(SIGTERM);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    CHECK_FALSE(running.poll().has_value());
    running.kill(SIGTERM);
    CHECK(running.wait().status == 128 + SIGTERM);
    CHECK(database.select("SELECT count(*) FROM sqlite_schema WHERE name = 't'") ==
          "0");
  }

  TEST_CASE("SIGTERM ends a statement of SQLite, and nothing of the run stays") {
    const TestDatabase database("sqlite");
    const Project project(database.url());
    add_long_units(project,
                   "INSERT INTO t WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT 1 "
                   "FROM c) SELECT count(*) FROM c");
    Running running(project.command({"upgrade", "head"}));
    REQUIRE(happens([&] { return holds(running.errors_so_far(), "first -> second"); }));
    running.kill(SIGTERM);
    const auto outcome = running.wait();
    CHECK(outcome.status == 128 + SIGTERM);
    CHECK_MESSAGE(holds(outcome.errors, "FAILED: "), outcome.errors);
    CHECK(database.select("SELECT count(*) FROM sqlite_schema WHERE name = 't'") ==
          "0");
  }

  TEST_CASE("a killed client's statement does not run on in the server") {
    const TestDatabase database("postgresql");
    const Project project(database.url());
    add_long_units(project, "SELECT pg_sleep(600)");
    Running running(project.command({"upgrade", "head"}));
    REQUIRE(happens([&] { return is_sleeping(database); }));
    running.kill(SIGKILL);
    running.wait();
    CHECK(happens([&] { return !is_sleeping(database); }));
  }

  TEST_CASE("a back end that ends inside a step fails the run at a boundary") {
    lose_back_end("", "INSERT INTO t VALUES (1)");
  }

  // A block's body stands between two transactions, at a moment that can be told.
  TEST_CASE("a back end that ends between two transactions fails the run there") {
    lose_back_end("  op.autocommit_block([&] {",
                  "SELECT 1\");});\n  op.execute(\"INSERT INTO t VALUES (1)");
  }
}

}  // namespace revise::testing
