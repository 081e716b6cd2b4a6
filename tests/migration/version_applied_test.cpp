/// What is called once a step's row is written and before it is committed.

#include <doctest/doctest.h>

#include "tests/migration/runs.hpp"
#include "tests/support/holds.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::Run;
using migration::Transactions;

// Writes each step with what the version table then holds.
void log_step(const graph::Step& step, const graph::Rows& rows, Operations& op) {
  op.execute("CREATE TABLE IF NOT EXISTS log (line TEXT)");
  op.execute("INSERT INTO log SELECT '" + step.revision + ":" + join(rows, "+") +
             ":' || version_num FROM alembic_version");
}

}  // namespace

TEST_SUITE("migration/version_applied") {
  TEST_CASE("a callback sees the row that its step wrote, and shares its transaction") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      for (const auto mode : {Transactions::PerRun, Transactions::PerStep}) {
        database.connect()->execute(
            "DROP TABLE IF EXISTS ta; DROP TABLE IF EXISTS tb; DROP TABLE IF EXISTS "
            "log; DROP TABLE IF EXISTS alembic_version");
        auto run = run_of(database, chain);
        run.settings.transactions = mode;
        run.version_applied = log_step;
        CHECK(outcome_of(run) == "done");
        CHECK(database.select("SELECT line FROM log ORDER BY 1") == "a:a:a,b:b:b");
      }
    });
  }

  TEST_CASE("a stamp calls it too") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      auto run = run_of(database, chain);
      run.effect = migration::Effect::RowsOnly;
      run.version_applied = log_step;
      CHECK(outcome_of(run) == "done");
      CHECK(database.select("SELECT line FROM log ORDER BY 1") == "a:a:a,b:b:b");
      CHECK_FALSE(has_table(database, "ta"));
    });
  }

  TEST_CASE("one that fails undoes the step, and is told apart from its unit") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      auto run = run_of(database, chain);
      run.version_applied = [](const auto&, const auto&, Operations& op) {
        op.execute("INSERT INTO nowhere VALUES (1)");
      };
      const auto outcome = outcome_of(run);
      CHECK(holds(outcome, "nowhere"));
      CHECK(holds(outcome, "in on_version_apply of upgrade  -> a, statement 2"));
      CHECK(holds(outcome, "no step was committed"));
      CHECK_FALSE(has_table(database, "ta"));
      run.version_applied = [](const auto&, const auto&, Operations& op) {
        op.execute("COMMIT");
      };
      CHECK(holds(outcome_of(run), "would end the run's transaction with 'COMMIT'"));
      CHECK_FALSE(has_table(database, "ta"));
    });
  }

  TEST_CASE("what it sets is put back before the next step") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const Chain chain = two_tables();
    auto run = run_of(database, chain);
    run.version_applied = [](const auto&, const auto&, Operations& op) {
      op.execute("SET search_path TO pg_catalog");
    };
    CHECK(outcome_of(run) == "done");
    CHECK(has_table(database, "tb"));
  }

  TEST_CASE("in a script it stands behind its step's row") {
    const Chain chain = two_tables();
    migration::OfflineRun run{.dialect = "sqlite",
                              .plan = chain.upgrade({}),
                              .units = chain.units(),
                              .statements = {"SELECT 'first'"},
                              .preamble = "-- text\n"};
    run.version_applied = [](const graph::Step& step, const auto& rows,
                             Operations& op) {
      op.execute("SELECT '" + step.revision + join(rows, "+") + "'");
    };
    const auto script = migration::render_script(run);
    CHECK(
        holds(script, "BEGIN IMMEDIATE;\n\nSELECT 'first';\n\n-- text\nCREATE TABLE"));
    CHECK(holds(script,
                "INSERT INTO alembic_version (version_num) VALUES ('a');\n\nSELECT "
                "'aa';\n\n-- Running upgrade a -> b"));
  }
}
