#include "engine/migration/runner.hpp"

#include <doctest/doctest.h>

#include <revise/data.hpp>

#include "tests/migration/runs.hpp"
#include "tests/support/holds.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::Settings;
using migration::Transactions;

Chain failing_second() {
  return {
      {{"a", executes("CREATE TABLE ta (id INTEGER)")},
       {"b", [](Operations& op) {
          op.execute("CREATE TABLE tb (id INTEGER)");
          op.execute("INSERT INTO none_such VALUES (1)");
        }}}
  };
}

}  // namespace

TEST_SUITE("migration/runner") {
  TEST_CASE("a run takes its steps and leaves the last one's row") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      std::string told;
      auto run = run_of(database, chain);
      run.progress.step_begins = [&](const graph::Step& step) {
        told += join(step.from, "") + ">" + join(step.to, "") + " ";
      };
      const auto report = migration::run(run);
      CHECK(told == ">a a>b ");
      CHECK(report.steps.size() == 2);
      CHECK(join(report.rows, " ") == "b");
      CHECK(rows_of(database) == "b");
      CHECK(has_table(database, "ta"));
      CHECK(has_table(database, "tb"));
    });
  }

  TEST_CASE("with nothing to do a run asks for no unit, and waits for no lock") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      auto run = run_of(database, chain);
      migration::run(run);
      const auto holder = database.connect();
      holder->execute(database.dialect() == "sqlite"
                          ? "BEGIN IMMEDIATE"
                          : "BEGIN; LOCK TABLE alembic_version IN SHARE ROW "
                            "EXCLUSIVE MODE");
      run.units = {};
      CHECK(migration::run(run).steps.empty());
      holder->execute("ROLLBACK");
    });
  }

  TEST_CASE("a failing step rolls the whole run back, and says so") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = failing_second();
      const std::string told = outcome_of(run_of(database, chain));
      CHECK(holds(told, "none_such"));
      CHECK(holds(told, "in upgrade a -> b"));
      CHECK(holds(told, "statement 2 of the step: INSERT INTO none_such VALUES (1)"));
      CHECK(holds(told, "no step was committed"));
      CHECK(holds(told, "the version table holds: base"));
      CHECK_FALSE(has_table(database, "ta"));
      CHECK_FALSE(has_table(database, "tb"));
    });
  }

  TEST_CASE("with a transaction a step what was done before a failure stays") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = failing_second();
      const std::string told =
          outcome_of(run_of(database, chain, {.transactions = Transactions::PerStep}));
      CHECK(holds(told, "committed:\nupgrade  -> a | the version table holds: a"));
      CHECK(rows_of(database) == "a");
      CHECK(has_table(database, "ta"));
      CHECK_FALSE(has_table(database, "tb"));
    });
  }

  TEST_CASE("a change that does not meet one row ends the run") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", executes("SELECT 1")},
           {"b", executes("DELETE FROM alembic_version")}}
      };
      CHECK(holds(outcome_of(run_of(database, chain)),
                  "Online migration expected to match one row when updating 'a' to 'b' "
                  "in 'alembic_version'; 0 found"));
    });
  }

  TEST_CASE("rows that a unit changed are not committed") {
    const std::pair<const char*, const char*> rows[] = {
        {"INSERT INTO alembic_version VALUES ('zz')",     "it holds b, zz, and"},
        {"DELETE FROM alembic_version",                   "it holds base, and" },
        {"UPDATE alembic_version SET version_num = 'zz'", "it holds zz, and"   },
    };
    for_each_database([&](const TestDatabase& database) {
      for (const auto& [sql, told] : rows) {
        CAPTURE(sql);
        // In the last step the run's own change is made before.
        const std::string trigger =
            database.dialect() == "sqlite"
                ? "CREATE TRIGGER g AFTER UPDATE ON alembic_version WHEN "
                  "new.version_num "
                  "= 'b' BEGIN " +
                      std::string(sql) + "; END"
                : "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
                  "pg_trigger_depth() = 1 THEN " +
                      std::string(sql) +
                      "; END IF; RETURN NULL; END $$; CREATE TRIGGER g AFTER UPDATE ON "
                      "alembic_version FOR EACH ROW EXECUTE FUNCTION f()";
        const Chain chain = {
            {{"a", executes("CREATE TABLE ta (id INTEGER)")},
             {"b", executes(trigger)}}
        };
        CHECK(holds(outcome_of(run_of(database, chain)),
                    "a unit changed the version table: " + std::string(told) +
                        " this run leaves b"));
        CHECK_FALSE(has_table(database, "ta"));
      }
      const Chain plain = {{{"a", executes(rows[0].first)}}};
      CHECK(holds(outcome_of(run_of(database, plain)),
                  "it holds a, zz, and this run leaves a"));
      CHECK_FALSE(has_table(database, "alembic_version"));
    });
  }

  TEST_CASE("what stays is told after each commit") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", executes("SELECT 1")}, {"b", [](Operations& op) {
                                           op.autocommit_block(
                                               [&] { op.execute("VACUUM"); });
                                         }}}
      };
      std::string told;
      auto run = run_of(database, chain);
      run.progress.committed = [&](const auto& steps, const graph::Step* running) {
        for (const auto& step : steps) told += step.revision + " ";
        told += running == nullptr ? "end" : "in " + running->revision + "; ";
      };
      CHECK(outcome_of(run) == "done");
      CHECK(told == "a in b; a b end");
    });
  }

  TEST_CASE("a unit's own end of the transaction is an error that names it") {
    const std::string rows[] = {"COMMIT", "ROLLBACK", "COMMIT; BEGIN",
                                "ROLLBACK; BEGIN; SELECT 1", "end /* of it */; BEGIN"};
    for_each_database([&](const TestDatabase& database) {
      for (const auto& row : rows) {
        CAPTURE(row);
        const Chain chain = {
            {{"a", executes("CREATE TABLE ta (id INTEGER)")}, {"b", executes(row)}}
        };
        const std::string told = outcome_of(run_of(database, chain));
        CHECK(holds(told, "the unit would end the run's transaction with '" +
                              row.substr(0, row.find(';')) + "'"));
        // Nothing was sent: half of the run would stay.
        CHECK_FALSE(has_table(database, "ta"));
        CHECK_FALSE(has_table(database, "alembic_version"));
      }
    });
  }

  TEST_CASE("what cannot be put into SQL is not blamed on the statement before it") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {{{"a", [](Operations& op) {
                               op.execute("SELECT 1");
                               op.execute("SELECT :low", {
                                                             {"high", 1}
                               });
                             }}}};
      CHECK(holds(outcome_of(run_of(database, chain)),
                  "statement 2 of the step: SELECT :low"));
      const Chain empty = {{{"a", [](Operations& op) {
                               op.execute("SELECT 1");
                               op.execute("");
                             }}}};
      CHECK(
          holds(outcome_of(run_of(database, empty)),
                "there is no statement to execute | in upgrade  -> a, after statement "
                "1 of the step: SELECT 1"));
    });
  }

  TEST_CASE("a block outside a transaction has none inside") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {{{"a", [](Operations& op) {
                               op.autocommit_block([&] { op.autocommit_block([] {}); });
                             }}}};
      CHECK(holds(outcome_of(run_of(database, chain)),
                  "an autocommit_block() stands inside another"));
      CHECK(rows_of(database) == "");
    });
  }

  TEST_CASE("savepoints are a unit's own business") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", executes("SAVEPOINT s; CREATE TABLE t (a INTEGER); ROLLBACK TO "
                          "SAVEPOINT s; RELEASE s")}}};
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK_FALSE(has_table(database, "t"));
    });
  }

  TEST_CASE("rows that changed before the lock was held make a new plan") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      auto run = run_of(database, chain);
      int plans = 0;
      run.plan = [&](const graph::Rows& rows) {
        const auto plan = chain.upgrade(rows);
        // Somebody else is done in between.
        if (++plans == 1) migration::run(run_of(database, chain));
        return plan;
      };
      CHECK(migration::run(run).steps.empty());
      CHECK(plans == 2);
      CHECK(rows_of(database) == "b");
    });
  }

  TEST_CASE("a unit that only the new plan needs is built without the lock") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      auto run = run_of(database, chain);
      int asked = 0;
      std::string built;
      run.units.ready = [&](const auto&) { return ++asked == 1 || !built.empty(); };
      run.units.prepare = [&](const auto& ids) {
        built += join(ids, " ");
        CHECK(outcome_of(run_of(database, Chain{{chain.revisions.front()}})) == "done");
      };
      CHECK(migration::run(run).steps.size() == 1);
      CHECK(built == "a b");
      CHECK(rows_of(database) == "b");
    });
  }

  TEST_CASE("rows that somebody changed between two transactions end the run") {
    for_each_database([](const TestDatabase& database) {
      if (database.dialect() == "sqlite") return;  // nobody gets in
      Chain chain = two_tables();
      const auto run = run_of(database, chain, {.transactions = Transactions::PerStep});
      chain.revisions.insert(chain.revisions.begin() + 1,
                             {"x", [&](Operations& op) {
                                op.autocommit_block([&] {
                                  database.connect()->execute(
                                      "UPDATE alembic_version SET version_num = 'zz'");
                                });
                              }});
      CHECK(holds(outcome_of(run),
                  "the version table was changed by somebody else: it holds zz, and "
                  "this run left a"));
    });
  }

  TEST_CASE("a block outside a transaction commits what came before") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", executes("CREATE TABLE ta (id INTEGER)")},
           {"b",
            [&](Operations& op) {
              op.autocommit_block([&] {
                op.execute("VACUUM");
                CHECK(has_table(database, "ta"));
              });
              op.execute("CREATE TABLE tb (id INTEGER)");
            }},
           {"c", executes("INSERT INTO none_such VALUES (1)")}}
      };
      // SQLite keeps everybody out until the run ends, also readers.
      if (database.dialect() == "sqlite") return;
      CHECK(holds(outcome_of(run_of(database, chain)),
                  "committed:\nupgrade  -> a | the version table holds: a"));
      CHECK_FALSE(has_table(database, "tb"));
    });
  }

  TEST_CASE("a block outside a transaction must be the first change, or say so") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {{{"a", [](Operations& op) {
                               op.execute("CREATE TABLE ta (id INTEGER)");
                               op.autocommit_block([&] { op.execute("VACUUM"); });
                             }}}};
      CHECK(holds(outcome_of(run_of(database, chain)),
                  "autocommit_block() must be the first change of its function"));
      CHECK_FALSE(has_table(database, "ta"));
      const Chain after = {{{"a", [](Operations& op) {
                               op.execute("CREATE TABLE ta (id INTEGER)");
                               op.autocommit_block([&] { op.execute("VACUUM"); },
                                                   {.after_changes = true});
                             }}}};
      CHECK(outcome_of(run_of(database, after)) == "done");
      CHECK(rows_of(database) == "a");
    });
  }

  TEST_CASE("a query that changes rows is a change that no block may follow") {
    const struct {
      std::string name;
      std::string sql;
      std::string only_on;  // empty: both
    } rows[] = {
        {"RETURNING",   "INSERT INTO ta VALUES (1) RETURNING id",                ""          },
        {"inside WITH",
         "WITH n AS MATERIALIZED (INSERT INTO ta VALUES (1) RETURNING id) SELECT * "
         "FROM n",                                                               "postgresql"},
        {"deeper",
         "WITH n AS (WITH o AS (SELECT 1) DELETE FROM ta RETURNING id) TABLE n", "postgresql"},
    };
    for_each_database([&](const TestDatabase& database) {
      database.connect()->execute("CREATE TABLE ta (id INTEGER)");
      for (const auto& row : rows) {
        if (!row.only_on.empty() && row.only_on != database.dialect()) continue;
        CAPTURE(row.name);
        const Chain chain = {{{"a", [&](Operations& op) {
                                 op.query<std::int64_t>(text(row.sql));
                                 op.autocommit_block([] {});
                               }}}};
        CHECK(holds(outcome_of(run_of(database, chain)),
                    "autocommit_block() must be the first change of its function"));
        CHECK(database.select("SELECT * FROM ta") == "");
      }
    });
  }

  TEST_CASE("a query that only reads may stand before a block") {
    for_each_database([](const TestDatabase& database) {
      database.connect()->execute("CREATE TABLE ta (id INTEGER, \"insert\" INTEGER)");
      const bool is_sqlite = database.dialect() == "sqlite";
      const std::string locking = is_sqlite ? "" : " FOR NO KEY UPDATE OF ta";
      const Chain chain = {{{"a", [&](Operations& op) {
                               op.query<std::int64_t>(text(
                                   "WITH n AS (SELECT id FROM ta WHERE \"insert\" = "
                                   "1 AND 'delete' <> '' /* update */) SELECT "
                                   "ta.id FROM ta JOIN n ON n.id = ta.id" +
                                   locking));
                               op.autocommit_block([] {});
                             }}}};
      CHECK(outcome_of(run_of(database, chain)) == "done");
    });
  }

  TEST_CASE("a stamp runs no unit") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      auto run = run_of(database, chain);
      run.effect = migration::Effect::RowsOnly;
      run.units = {};
      migration::run(run);
      CHECK(rows_of(database) == "b");
      CHECK_FALSE(has_table(database, "ta"));
    });
  }

  TEST_CASE("ensure_version_table creates the table, once") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain;
      migration::ensure_version_table(run_of(database, chain));
      migration::ensure_version_table(run_of(database, chain));
      CHECK(rows_of(database) == "");
    });
  }

  TEST_CASE("to read what is current creates nothing") {
    for_each_database([](const TestDatabase& database) {
      const auto connection = database.connect();
      const auto state = migration::read_current(*connection, {});
      CHECK_FALSE(state.exists);
      CHECK_FALSE(has_table(database, "alembic_version"));
      migration::run(run_of(database, two_tables()));
      CHECK(join(migration::read_current(*connection, {}).rows, " ") == "b");
    });
  }

  TEST_CASE("a password in a statement is in no error") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", executes("ALTER ROLE none_such PASSWORD 'ge''heim'; SELECT 1")}}};
      const std::string told = outcome_of(run_of(database, chain));
      CHECK(holds(told, "PASSWORD '***'"));
      CHECK(told.find("heim") == std::string::npos);
    });
  }
}
