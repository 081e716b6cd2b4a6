/// op.set_timeouts(): how long it holds, and what is told when a limit strikes.

#include <doctest/doctest.h>

#include "tests/migration/postgresql_runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::Settings;
using migration::Transactions;

// Writes what both are now into the table `seen`.
void see(Operations& op) {
  op.execute(
      "INSERT INTO seen SELECT current_setting('lock_timeout'), "
      "current_setting('statement_timeout')");
}

Chain steps(std::vector<Unit> units) {
  Chain chain{{{"a", executes("CREATE TABLE seen (l TEXT, s TEXT)")}}};
  for (auto& unit : units) {
    chain.revisions.emplace_back(
        std::string(1, static_cast<char>('a' + chain.revisions.size())), unit);
  }
  return chain;
}

Settings with_timeouts() {
  Settings settings;
  settings.session.lock_timeout = std::chrono::seconds(9);
  return settings;
}

}  // namespace

TEST_SUITE("migration/timeouts") {
  TEST_CASE("what a unit sets holds from there to the end of its step") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = steps({[](Operations& op) {
                                   see(op);
                                   op.set_timeouts({.lock_timeout = 1500});
                                   op.set_timeouts({.statement_timeout = "1min"});
                                   see(op);
                                 },
                                 see});
      for (const auto transactions : {Transactions::PerRun, Transactions::PerStep}) {
        auto settings = with_timeouts();
        settings.transactions = transactions;
        CHECK(outcome_of(run_of(database, chain, settings)) == "done");
        CHECK(database.select("TABLE seen") == "9s 0,1500ms 1min,9s 0");
        database.connect()->execute("DROP TABLE seen, alembic_version");
      }
    });
  }

  TEST_CASE("it holds in and after a block outside the transaction too") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = steps({[](Operations& op) {
                                   op.set_timeouts({.lock_timeout = "2s"});
                                   op.autocommit_block([&] {
                                     see(op);
                                     op.set_timeouts({.statement_timeout = "3s"});
                                     see(op);
                                   });
                                   see(op);
                                 },
                                 [](Operations& op) {
                                   op.autocommit_block([&] { see(op); });
                                   see(op);
                                 }});
      CHECK(outcome_of(run_of(database, chain, with_timeouts())) == "done");
      CHECK(database.select("TABLE seen") == "2s 0,2s 3s,2s 3s,9s 0,9s 0");
    });
  }

  TEST_CASE("what holds for doing a thing holds for undoing it") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = steps({[](Operations& op) {
        op.execute("CREATE TABLE gone (id INTEGER)");
        op.reverse([](Operations& made) {
          made.set_timeouts({.lock_timeout = "2s"});
          made.create_table("gone", {Column("id", Integer)});
        });
        see(op);
      }});
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(database.select("TABLE seen") == "2s 0");
      CHECK_FALSE(has_table(database, "gone"));
    });
  }

  TEST_CASE("a statement that runs too long is told with the limit") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = steps({[](Operations& op) {
        op.set_timeouts({.statement_timeout = "200ms"});
        op.execute("SELECT pg_sleep(600)");
      }});
      const auto told = outcome_of(run_of(database, chain));
      CHECK(holds(told, "canceling statement due to statement timeout"));
      CHECK(holds(told, "statement 1 of the step: SELECT pg_sleep(600)"));
      CHECK(holds(told,
                  "way out: statement_timeout of 200 ms ran out; run it again "
                  "when the server is less busy, or allow more in the settings "
                  "or with op.set_timeouts()"));
    });
  }

  TEST_CASE("who keeps a statement waiting is told, whichever limit strikes") {
    on_postgresql([](const TestDatabase& database) {
      const auto holder = database.connect({.application_name = "the holder"});
      holder->execute("CREATE TABLE ta (id INTEGER)");
      for (const bool is_lock : {false, true}) {
        CAPTURE(is_lock);
        holder->execute("BEGIN; LOCK TABLE ta IN ACCESS EXCLUSIVE MODE");
        const Chain chain = steps({[is_lock](Operations& op) {
          if (is_lock) {
            op.set_timeouts({.lock_timeout = "1500ms"});
          } else {
            op.set_timeouts({.statement_timeout = "1500ms"});
          }
          op.execute("DROP TABLE ta");
        }});
        const auto told = outcome_of(run_of(database, chain));
        holder->execute("ROLLBACK");
        CHECK(holds(told, "blocked by: server process " +
                              std::to_string(holder->backend_pid()) +
                              " (the holder, revise at local, since "));
        CHECK(holds(told,
                    ", which holds AccessExclusiveLock on ta; it ran last: "
                    "LOCK TABLE ta IN ACCESS EXCLUSIVE MODE"));
        CHECK(holds(told, is_lock ? "lock_timeout of 1500 ms was not enough"
                                  : "statement_timeout of 1500 ms ran out"));
      }
    });
  }

  TEST_CASE("on SQLite nothing is set, and a block may still follow") {
    const TestDatabase database("sqlite");
    const Chain chain{{{"a", [](Operations& op) {
                          op.set_timeouts({.lock_timeout = "2s"});
                          op.autocommit_block([&] { op.execute("VACUUM"); });
                        }}}};
    CHECK(outcome_of(run_of(database, chain)) == "done");
  }

  TEST_CASE("a time that makes no sense is refused where it stands") {
    for (const std::string wrong : {"soon", "5 parsecs", "-1", "", "1e3", "9999h"}) {
      CAPTURE(wrong);
      const TestDatabase database("sqlite");
      const Chain chain{{{"a", [&wrong](Operations& op) {
                            op.set_timeouts({.lock_timeout = wrong});
                          }}}};
      CHECK(holds(outcome_of(run_of(database, chain)),
                  "lock_timeout is a number of milliseconds, or one with a unit"));
    }
  }
}
