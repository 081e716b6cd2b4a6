/// lock = transaction: runs that nothing but the version table keeps apart.

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "tests/migration/runs.hpp"
#include "tests/support/holds.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::Locking;
using migration::Transactions;

Chain eight_tables() {
  Chain chain;
  for (const char name : std::string("abcdefgh")) {
    chain.revisions.emplace_back(
        std::string(1, name),
        executes("CREATE TABLE t" + std::string(1, name) + " (id INTEGER)"));
  }
  return chain;
}

// What eight runs at once came to, one an entry; each step that was taken is counted.
std::vector<std::string> run_together(const TestDatabase& database,
                                      Transactions transactions,
                                      std::atomic<int>& steps) {
  const Chain chain = eight_tables();
  std::vector<std::string> outcomes(8);
  std::vector<std::thread> threads;
  for (auto& outcome : outcomes) {
    threads.emplace_back([&] {
      auto run =
          run_of(database, chain,
                 {.transactions = transactions, .locking = Locking::Transaction});
      run.progress.step_begins = [&](const graph::Step&) { ++steps; };
      outcome = outcome_of(run);
    });
  }
  for (auto& thread : threads) thread.join();
  return outcomes;
}

}  // namespace

TEST_SUITE("migration/table_lock") {
  TEST_CASE("eight runs at once, each one transaction, apply each revision once") {
    for_each_database([](const TestDatabase& database) {
      std::atomic<int> steps = 0;
      const auto outcomes = run_together(database, Transactions::PerRun, steps);
      for (const auto& outcome : outcomes) CHECK(outcome == "done");
      CHECK(steps == 8);
      CHECK(rows_of(database) == "h");
    });
  }

  TEST_CASE("between its transactions a run notices another, and stops") {
    for_each_database([](const TestDatabase& database) {
      std::atomic<int> steps = 0;
      const auto outcomes = run_together(database, Transactions::PerStep, steps);
      for (const auto& outcome : outcomes) {
        CHECK((outcome == "done" ||
               holds(outcome, "the version table was changed by somebody else")));
      }
      // Whatever came of each, one more takes what is left, and nothing ran twice.
      const Chain chain = eight_tables();
      auto run = run_of(database, chain, {.locking = Locking::Transaction});
      run.progress.step_begins = [&](const graph::Step&) { ++steps; };
      CHECK(outcome_of(run) == "done");
      CHECK(steps == 8);
      CHECK(rows_of(database) == "h");
    });
  }

  TEST_CASE("the holder is named, and no lock but the table's is taken") {
    for_each_database([](const TestDatabase& database) {
      const bool is_sqlite = database.dialect() == "sqlite";
      const migration::Settings at_once{.locking = Locking::Transaction,
                                        .wait_lock = std::chrono::milliseconds(0)};
      const Chain inner = eight_tables();
      const Chain before{{{"a", [](Operations&) {}}}};
      CHECK(outcome_of(run_of(database, before, at_once)) == "done");
      const Chain holding{
          {{"a", {}},
           {"b", [&](Operations& op) {
              const auto told = outcome_of(run_of(database, inner, at_once));
              CHECK(holds(told, is_sqlite
                                    ? "the database is locked by another connection"
                                    : "the database is locked by server process "));
              if (is_sqlite) return;
              op.execute(
                  "CREATE TABLE locks AS SELECT locktype, mode FROM pg_locks WHERE "
                  "pid = pg_backend_pid() AND (locktype = 'advisory' OR relation = "
                  "'alembic_version'::regclass AND mode LIKE 'Share%')");
            }}}
      };
      CHECK(outcome_of(run_of(database, holding, at_once)) == "done");
      if (is_sqlite) return;
      CHECK(database.select("SELECT * FROM locks") == "relation ShareRowExclusiveLock");
    });
  }

  TEST_CASE("the table's creation is waited for without standing in line for long") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const auto other = database.connect();
    other->execute(
        "BEGIN; CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY "
        "KEY)");
    const Chain chain = eight_tables();
    const migration::Settings settings{.locking = Locking::Transaction,
                                       .wait_lock = std::chrono::milliseconds(1)};
    CHECK(holds(outcome_of(run_of(database, chain, settings)),
                "the database is locked by another connection"));
    other->execute("INSERT INTO alembic_version VALUES ('g'); COMMIT");
    CHECK(outcome_of(run_of(database, chain, settings)) == "done");
    CHECK(has_table(database, "th"));
    CHECK_FALSE(has_table(database, "tg"));
  }

  TEST_CASE("lock_timeout is the run's, whatever the wait for the table took") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    migration::Settings settings{.locking = Locking::Transaction};
    settings.session.lock_timeout = std::chrono::seconds(7);
    const Chain timeout{
        {{"a", executes("CREATE TABLE ta AS SELECT current_setting('lock_timeout')")}}};
    CHECK(outcome_of(run_of(database, timeout, settings)) == "done");
    CHECK(database.select("SELECT * FROM ta") == "7s");
  }

  TEST_CASE("a block outside a transaction is refused before anything is committed") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const Chain block{
        {{"a", executes("CREATE TABLE ta (id INTEGER)")},
         {"b", [](Operations& op) {
            op.execute("CREATE TABLE tb (id INTEGER)");
            op.autocommit_block([] {}, {.after_changes = true});
          }}}
    };
    const std::string refused =
        "is kept from other runs by a session's lock, and lock = transaction does "
        "without; set lock = true for this run";
    auto run = run_of(database, block, {.locking = Locking::Transaction});
    CHECK(holds(outcome_of(run), "a block outside a transaction " + refused));
    CHECK_FALSE(has_table(database, "ta"));
    // Where the units tell beforehand, not even the first step is begun.
    int steps = 0;
    run.progress.step_begins = [&](const graph::Step&) { ++steps; };
    run.has_block = [](const graph::Step& step) { return step.revision == "b"; };
    CHECK(holds(outcome_of(run),
                "a block outside a transaction, as upgrade a -> b has, " + refused));
    CHECK(steps == 0);
    CHECK_FALSE(has_table(database, "alembic_version"));
  }
}
