/// Blocks outside a transaction that throw, and units that catch it.

#include <doctest/doctest.h>

#include "tests/migration/postgresql_runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

void catching(Operations& op, const Unit& body) {
  try {
    body(op);
  } catch (...) {  // as a unit may
  }
}

// A block that fails, then what `after` does.
Unit fails_and(const Unit& after) {
  return [after](Operations& op) {
    catching(op, [](Operations& inner) {
      inner.autocommit_block([&] { inner.execute("SELECT * FROM none_such"); });
    });
    after(op);
  };
}

}  // namespace

TEST_SUITE("migration/block_end") {
  TEST_CASE("after a block that threw, and was caught, a transaction is open again") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", fails_and(executes("CREATE TABLE ta (id INTEGER)"))},
           {"b", executes("CREATE TABLE tb (id INTEGER)")}}
      };
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(rows_of(database) == "b");
      CHECK(has_table(database, "ta"));
    });
  }

  TEST_CASE("what follows such a block is undone with the step that fails") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {{{"a", fails_and([](Operations& op) {
                               op.execute("CREATE TABLE ta (id INTEGER)");
                               op.execute("INSERT INTO none_such VALUES (1)");
                             })}}};
      CHECK(holds(outcome_of(run_of(database, chain)), "no step was committed"));
      CHECK(rows_of(database) == "");
      CHECK_FALSE(has_table(database, "ta"));
    });
  }

  TEST_CASE("a step that ends with such a block is taken, by either way to write it") {
    for_each_database([](const TestDatabase& database) {
      Chain chain = {{{"a", fails_and([](Operations&) {})}}};
      CHECK(outcome_of(run_of(database, chain)) == "done");
      chain.revisions.emplace_back("b", [](Operations& op) {
        catching(op, [](Operations& outer) {
          outer.reverse([](Operations& inner) {
            inner.autocommit_block(
                [&] { inner.create_table("none_such", {Column("id", Integer)}); });
          });
        });
        op.execute("CREATE TABLE tb (id INTEGER)");
      });
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(rows_of(database) == "b");
    });
  }

  TEST_CASE("a transaction that such a block left open ends the step") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {{{"a", [](Operations& op) {
                               catching(op, [](Operations& inner) {
                                 inner.autocommit_block([&] {
                                   inner.execute("BEGIN");
                                   inner.execute("SELECT * FROM none_such");
                                 });
                               });
                               for (int i = 0; i < 2; ++i) {
                                 catching(op, executes("CREATE TABLE ta (id INTEGER)"));
                               }
                             }}}};
      CHECK(holds(outcome_of(run_of(database, chain)),
                  "the unit left a transaction open at the end of its block"));
      CHECK_FALSE(has_table(database, "ta"));
    });
  }

  TEST_CASE("a block that could not begin or end is no way out of the transaction") {
    on_postgresql([](const TestDatabase& database) {
      database.connect()->execute(
          "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER "
          "REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
      const Chain begin = {{{"a", [](Operations& op) {
                               op.execute("INSERT INTO c VALUES (1)");
                               catching(op, [](Operations& inner) {
                                 inner.autocommit_block([] {}, {.after_changes = true});
                               });
                               catching(op, executes("CREATE TABLE ta (id INTEGER)"));
                             }}}};
      CHECK(holds(outcome_of(run_of(database, begin)), "violates foreign key"));
      const Chain end = {{{"a", [&](Operations& op) {
                             catching(op, [&](Operations& inner) {
                               inner.autocommit_block([&] {
                                 database.connect()->execute(
                                     "INSERT INTO alembic_version VALUES ('zz')");
                               });
                             });
                             catching(op, executes("CREATE TABLE ta (id INTEGER)"));
                           }}}};
      CHECK(holds(outcome_of(run_of(database, end)), "it holds zz"));
      CHECK_FALSE(has_table(database, "ta"));
    });
  }
}
