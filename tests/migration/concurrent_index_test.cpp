/// Builds outside a transaction that did not come to their end: the same again does.

#include <doctest/doctest.h>

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

}  // namespace

TEST_SUITE("migration/concurrent_index") {
  TEST_CASE(
      "an index that a failed build left INVALID is built anew by the same unit") {
    const struct {
      std::string name;
      Unit unit;
    } rows[] = {
        {"by operation", build           },
        {"by statement", executes(kBuild)},
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
      const Chain slow = block_of([](Operations& op) {
        op.set_timeouts({.statement_timeout = "300ms"});
        build(op);
      });
      const auto told = outcome_of(run_of(database, slow));
      CHECK(holds(told, "canceling statement due to statement timeout"));
      CHECK(holds(
          told, "blocked by: server process " + std::to_string(reader->backend_pid())));
      CHECK(indexes(database) == "\"Ix\" false");
      reader->execute("ROLLBACK");
      CHECK(outcome_of(run_of(database, slow)) == "done");
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
        const Chain slow = block_of([&](Operations& op) {
          op.set_timeouts({.statement_timeout = "300ms"});
          op.execute(text(reindex));
        });
        CHECK(holds(outcome_of(run_of(database, slow)), "statement timeout"));
        CHECK(indexes(database) == "\"Ix\" true,\"Ix_ccnew\" false");
        reader->execute("ROLLBACK");
        CHECK(outcome_of(run_of(database, slow)) == "done");
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

  TEST_CASE("an index whose drop was cut off is dropped by the same again") {
    on_postgresql([](const TestDatabase& database) {
      const auto reader = database.connect();
      reader->execute("CREATE TABLE ta (id INTEGER); CREATE INDEX \"Ix\" ON ta (id)");
      reader->execute("BEGIN ISOLATION LEVEL REPEATABLE READ; TABLE ta");
      const Chain slow = block_of([](Operations& op) {
        op.set_timeouts({.statement_timeout = "300ms"});
        op.drop_index("Ix", {.postgresql_concurrently = true});
      });
      CHECK(holds(outcome_of(run_of(database, slow)), "statement timeout"));
      CHECK(indexes(database) == "\"Ix\" false");
      reader->execute("ROLLBACK");
      CHECK(outcome_of(run_of(database, slow)) == "done");
      CHECK(indexes(database) == "");
      database.connect()->execute("DELETE FROM alembic_version");
      CHECK(outcome_of(run_of(database, slow)) == "done");
    });
  }
}
