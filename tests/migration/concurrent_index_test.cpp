/// Builds outside a transaction that did not come to their end: the same again does.

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "tests/migration/postgresql_runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

Chain block_of(const Unit& unit) {
  return {{{"a", [unit](Operations& op) { op.autocommit_block([&] { unit(op); }); }}}};
}

void build(Operations& op) {
  op.create_index("Ix", "ta", {"id"},
                  {.unique = true, .postgresql_concurrently = true});
}

const char* const kBuild = "create unique index concurrently \"Ix\"\n  ON only ta (id)";

// Which takes what is there for what is wanted.
const char* const kAgain =
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"Ix\" ON ta (id)";

// The indexes of `ta` by name, and whether each is valid.
std::string indexes(const TestDatabase& database) {
  return database.select(
      "SELECT indexrelid::regclass::text, indisvalid FROM pg_index WHERE indrelid = "
      "'ta'::regclass ORDER BY 1");
}

// A table whose rows no unique index bears, and the INVALID index that tells.
void fail_once(const TestDatabase& database, const Chain& chain) {
  database.connect()->execute(
      "CREATE TABLE ta (id INTEGER); INSERT INTO ta VALUES (1), (1)");
  const auto told = outcome_of(run_of(database, chain));
  CHECK(holds(told, "could not create unique index \"Ix\""));
  CHECK(holds(told, "Key (id)=(1) is duplicated."));
  CHECK(holds(told, "once what is wrong is mended, run it again"));
  CHECK(indexes(database) == "\"Ix\" false");
}

// Runs `unit` until it waits for somebody, and then ends it.
void cut_off(const TestDatabase& database, const Unit& unit) {
  std::atomic<bool> is_over = false;
  std::thread other([&] {
    const auto observer = database.connect();
    while (!is_over) {
      const auto cut = observer->query(
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = "
          "current_database() AND wait_event_type = 'Lock'");
      if (!cut.rows.empty()) break;
      std::this_thread::yield();
    }
  });
  const Chain chain = block_of(unit);
  const auto told = outcome_of(run_of(database, chain));
  is_over = true;
  other.join();
  CHECK(holds(told, "canceling statement due to user request"));
}

}  // namespace

TEST_SUITE("migration/concurrent_index") {
  TEST_CASE(
      "an index that a failed build left INVALID is built anew by the same unit") {
    const struct {
      std::string name;
      Unit unit;
    } rows[] = {
        {"by operation",                build                                                      },
        {"by statement",                executes(kBuild)                                           },
        {"behind a comment",            executes(std::string("-- why\n") + kAgain)                 },
        {"behind comments inside",
         executes("CREATE /* a /* b */ */ UNIQUE INDEX -- c\n CONCURRENTLY IF NOT "
                  "EXISTS \"Ix\" ON ta (id)")                                                      },
        {"behind another",              executes(std::string("SET lock_timeout = '5s'; ") + kAgain)},
        {"found by the path before it",
         executes(std::string("SET search_path = public;") + kAgain +
                  "; RESET search_path")                                                           },
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      on_postgresql([&](const TestDatabase& database) {
        const Chain chain = block_of(row.unit);
        fail_once(database, chain);
        CHECK(holds(outcome_of(run_of(database, chain)), "could not create unique"));
        database.connect()->execute("DELETE FROM ta");
        CHECK(outcome_of(run_of(database, chain)) == "done");
        CHECK(indexes(database) == "\"Ix\" true");
      });
    }
  }

  TEST_CASE("an index that a statement_timeout cut off is built anew") {
    on_postgresql([](const TestDatabase& database) {
      const auto reader = database.connect();
      reader->execute("CREATE TABLE ta (id INTEGER)");
      // The build waits for transactions that may still see the table as it was.
      reader->execute("BEGIN ISOLATION LEVEL REPEATABLE READ; TABLE ta");
      // What comes before the wait takes far less, on a machine however busy.
      const Chain slow = block_of([](Operations& op) {
        op.set_timeouts({.statement_timeout = "3s"});
        build(op);
      });
      const auto told = outcome_of(run_of(database, slow));
      CHECK(holds(told, "canceling statement due to statement timeout"));
      CHECK(holds(
          told, "blocked by: server process " + std::to_string(reader->backend_pid())));
      CHECK(indexes(database) == "\"Ix\" false");
      reader->execute("ROLLBACK");
      const Chain again = block_of(build);
      CHECK(outcome_of(run_of(database, again)) == "done");
      CHECK(indexes(database) == "\"Ix\" true");
    });
  }

  TEST_CASE("what REINDEX left INVALID goes before it runs again") {
    for (const std::string reindex :
         {"REINDEX INDEX CONCURRENTLY \"Ix\"",
          "reindex (verbose) table concurrently ta", "REINDEX (CONCURRENTLY) TABLE ta",
          "REINDEX SCHEMA CONCURRENTLY public"}) {
      CAPTURE(reindex);
      on_postgresql([&](const TestDatabase& database) {
        const auto reader = database.connect();
        reader->execute("CREATE TABLE ta (id INTEGER); CREATE INDEX \"Ix\" ON ta (id)");
        reader->execute("BEGIN ISOLATION LEVEL REPEATABLE READ; TABLE ta");
        cut_off(database, executes(reindex));
        CHECK(indexes(database) == "\"Ix\" true,\"Ix_ccnew\" false");
        reader->execute("ROLLBACK");
        const Chain again = block_of(executes(reindex));
        CHECK(outcome_of(run_of(database, again)) == "done");
        CHECK(indexes(database) == "\"Ix\" true");
      });
    }
  }

  TEST_CASE("another table's index, and a valid one, are left alone") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = block_of(build);
      fail_once(database, chain);
      database.connect()->execute(
          "CREATE SCHEMA other; CREATE TABLE other.ta (id INTEGER); "
          "SET search_path TO other; ");
      const Chain other = block_of([](Operations& op) {
        op.create_index("Ix", "ta", {"id"},
                        {.schema = "other", .postgresql_concurrently = true});
        op.create_index("Ix", "ta", {"id"},
                        {.schema = "other", .postgresql_concurrently = true});
      });
      CHECK(outcome_of(run_of(database, other)) == "done");
      CHECK(indexes(database) == "\"Ix\" false");
    });
  }

  TEST_CASE("a valid index of another kind is no index that is wanted") {
    on_postgresql([](const TestDatabase& database) {
      database.connect()->execute(
          "CREATE TABLE ta (id INTEGER); CREATE INDEX \"Ix\" ON ta ((id + 1))");
      CHECK(
          holds(outcome_of(run_of(database, block_of(build))),
                "an index 'Ix' is there already, and not unique, which the unit's is: "
                "CREATE INDEX \"Ix\" ON public.ta USING btree (((id + 1))); drop it "
                "first, or give the other one another name"));
      CHECK(indexes(database) == "\"Ix\" true");
    });
  }

  TEST_CASE("an index whose drop was cut off is dropped by the same again") {
    on_postgresql([](const TestDatabase& database) {
      const auto reader = database.connect();
      reader->execute("CREATE TABLE ta (id INTEGER); CREATE INDEX \"Ix\" ON ta (id)");
      reader->execute("BEGIN ISOLATION LEVEL REPEATABLE READ; TABLE ta");
      const Unit drop = [](Operations& op) {
        op.drop_index("Ix", {.postgresql_concurrently = true});
      };
      cut_off(database, drop);
      CHECK(indexes(database) == "\"Ix\" false");
      reader->execute("ROLLBACK");
      const Chain again = block_of(drop);
      CHECK(outcome_of(run_of(database, again)) == "done");
      CHECK(indexes(database) == "");
      database.connect()->execute("DELETE FROM alembic_version");
      CHECK(outcome_of(run_of(database, again)) == "done");
    });
  }
}
