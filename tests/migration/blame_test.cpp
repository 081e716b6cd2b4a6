/// Which statement of a step is named as the one that was refused.

#include <doctest/doctest.h>

#include "tests/migration/postgresql_runs.hpp"
#include "tests/support/postgresql_cluster.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

// One step that executes each of `statements`.
Chain step_of(const std::vector<std::string>& statements) {
  return {{{"a", [statements](Operations& op) {
              for (const auto& sql : statements) op.execute(text(sql));
            }}}};
}

}  // namespace

TEST_SUITE("migration/blame") {
  TEST_CASE("bytes that are no UTF-8 are blamed on the statement that holds them") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = step_of({"CREATE TABLE first_one (id INTEGER)",
                                   "COMMENT ON TABLE first_one IS 'ü'",
                                   "SELECT 1; SELECT '\xfc'", "SELECT 4"});
      const auto told = outcome_of(run_of(database, chain));
      CHECK(holds(told, "code: 22021"));
      CHECK(holds(told, "statement 3 of the step: SELECT '\xfc'"));
    });
  }

  TEST_CASE("so is a character that the database's encoding lacks") {
    if (!tests_dialect("postgresql")) return;
    PostgresqlCluster cluster(PostgresqlCluster::Listen::Socket);
    cluster.start();
    cluster.execute(
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    const Chain chain = step_of(
        {"CREATE TABLE ta (id INTEGER)", "SELECT 'ü'", "SELECT '€'", "SELECT 4"});
    migration::Run run{.command = "upgrade"};
    const migration::Settings settings;
    run.settings = settings;
    run.connect = [&] {
      return driver::connect(driver::parse_url(cluster.url("revise", "latin")));
    };
    run.plan = [&](const graph::Rows& rows) { return chain.upgrade(rows); };
    run.units = chain.units();
    const auto told = outcome_of(run);
    CHECK(holds(told, "code: 22P05"));
    CHECK(holds(told, "statement 3 of the step: SELECT '€'"));
  }

  TEST_CASE("a deferred key is not blamed on a statement that did not break it") {
    on_postgresql([](const TestDatabase& database) {
      for (const bool has_own_schema : {false, true}) {
        CAPTURE(has_own_schema);
        const Chain chain = step_of(
            {has_own_schema ? "CREATE SCHEMA own" : "SELECT 1",
             "CREATE TABLE p (id INTEGER PRIMARY KEY)",
             "CREATE TABLE c (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
             "INSERT INTO c VALUES (7)"});
        migration::Settings settings;
        if (has_own_schema) settings.version_table.schema = "own";
        const auto told = outcome_of(run_of(database, chain, settings));
        CHECK(holds(told, "violates foreign key constraint"));
        CHECK(holds(told, "statement 4 of the step"));
      }
    });
  }

  TEST_CASE(
      "what waited before a savepoint, and was refused, is the error that stays") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = {{{"a", [](Operations& op) {
                               op.execute("CREATE TABLE ta (id INTEGER)");
                               op.execute("SELECT none_such FROM ta");
                               try {
                                 op.execute("SAVEPOINT s");
                               } catch (const DatabaseError&) {  // as a unit may
                               }
                               op.execute("CREATE TABLE tb (id INTEGER)");
                             }}}};
      const auto told = outcome_of(run_of(database, chain));
      CHECK(holds(told, "column \"none_such\" does not exist"));
      CHECK(holds(told, "statement 2 of the step: SELECT none_such FROM ta"));
    });
  }
}
