/// Batches in runs: transactions, foreign keys, errors, and what a unit may catch.

#include <doctest/doctest.h>

#include "tests/migration/runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

constexpr const char* kTables =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT);"
    "CREATE TABLE child (t REFERENCES t (id) ON DELETE CASCADE);"
    "INSERT INTO t VALUES (1, 1, 5), (2, 1, 6);"
    "INSERT INTO child VALUES (1), (2);";

void drop_b(Operations& op) {
  op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); });
}

void unique_a(Operations& op) {
  op.batch_alter_table("t", [](auto& b) { b.create_unique_constraint("uq", {"a"}); });
}

std::string outcome(const TestDatabase& database, const Unit& unit,
                    const migration::Settings& settings = {}) {
  const Chain chain{
      {{"a", executes(kTables)}, {"b", unit}}
  };
  return outcome_of(run_of(database, chain, settings));
}

}  // namespace

TEST_SUITE("migration/batch") {
  TEST_CASE("a table made anew keeps the rows that refer to it") {
    const TestDatabase database("sqlite");
    CHECK(outcome(database, drop_b) == "done");
    CHECK(database.select("SELECT * FROM t") == "1 1,2 1");
    CHECK(database.select("SELECT * FROM child") == "1,2");
    CHECK(rows_of(database) == "b");
  }

  TEST_CASE("a batch that fails fails the run, and names the statement") {
    const TestDatabase database("sqlite");
    const std::string told = outcome(database, unique_a);
    CHECK(told.starts_with("UNIQUE constraint failed: _alembic_tmp_t.a"));
    CHECK(told.find("INSERT OR ABORT INTO main._alembic_tmp_t") != std::string::npos);
    CHECK(!has_table(database, "t"));
  }

  TEST_CASE("a unit that catches a batch's error finds the table as it was") {
    const TestDatabase database("sqlite");
    CHECK(outcome(database, [](Operations& op) {
            try {
              unique_a(op);
            } catch (const DatabaseError&) {
              op.execute("INSERT INTO t VALUES (3, 3, 3)");
            }
          }) == "done");
    CHECK(database.select("SELECT * FROM t") == "1 1 5,2 1 6,3 3 3");
    CHECK(!has_table(database, "_alembic_tmp_t"));
  }

  TEST_CASE("a row that refers to nothing after a new table fails the run") {
    const TestDatabase database("sqlite");
    const std::string told = outcome(database, [](Operations& op) {
      op.execute("INSERT INTO child VALUES (77)");
      drop_b(op);
      op.execute("DELETE FROM t WHERE id = 2");
    });
    CHECK(
        told.starts_with("the run would leave foreign keys broken: row 2 of table "
                         "'child' refers to a row of 't' that is not there"));
    CHECK(!has_table(database, "t"));
  }

  TEST_CASE("a foreign key to a table that there is none of is told as that") {
    const TestDatabase database("sqlite");
    const std::string told = outcome(database, [](Operations& op) {
      op.batch_alter_table("child", [](auto& b) {
        b.create_foreign_key("fk", "Nope", {"t"}, {"id"});
      });
    });
    CHECK(
        told.starts_with("the run would leave foreign keys broken: row 1 of table "
                         "'child' refers to table 'Nope', and there is none"));
  }

  TEST_CASE("a new table that is renamed later is looked at all the same") {
    const struct {
      std::string name;
      Unit rename;
    } rows[] = {
        {"by operation", [](Operations& op) { op.rename_table("child", "kid"); }    },
        {"by statement", executes("-- why\nalter table MAIN.[Child] rename to \"kid\";"
                                  " CREATE TABLE child (t)")},
        {"twice",
         [](Operations& op) {
           op.rename_table("child", "other");
           op.execute("ALTER TABLE other RENAME TO kid");
         }                                                                          },
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      const TestDatabase database("sqlite");
      const std::string told = outcome(database, [&](Operations& op) {
        op.execute("INSERT INTO child VALUES (77)");
        drop_b(op);
        op.execute("INSERT INTO child VALUES (78)");
        row.rename(op);
      });
      CAPTURE(told);
      CHECK(told.starts_with(
          "the run would leave foreign keys broken: row 4 of table 'kid' refers to"));
      CHECK(!has_table(database, "t"));
    }
  }

  TEST_CASE("what referred to nothing before may do so by new names") {
    const TestDatabase database("sqlite");
    CHECK(outcome(database, [](Operations& op) {
            op.execute("INSERT INTO child VALUES (77)");
            drop_b(op);
            op.rename_table("child", "kid");
            op.rename_table("t", "u");
          }) == "done");
    CHECK(database.select("PRAGMA foreign_key_check") == "kid 3 u 0");
  }

  TEST_CASE("a row that referred to nothing before may go on to do so") {
    const TestDatabase database("sqlite");
    CHECK(outcome(database, [](Operations& op) {
            op.execute("INSERT INTO child VALUES (77)");
            drop_b(op);
          }) == "done");
  }

  TEST_CASE("a key that others refer to is not lost unsaid") {
    const TestDatabase database("sqlite");
    const std::string told = outcome(database, [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) { b.drop_column("id"); });
    });
    CHECK(told.starts_with(
        "the run would leave foreign keys broken: foreign key mismatch "
        "- \"child\" referencing \"t\""));
  }

  TEST_CASE("with foreign_keys = true a table that others refer to stays") {
    const TestDatabase database("sqlite");
    migration::Settings settings;
    settings.session.foreign_keys = true;
    CHECK(outcome(database, drop_b, settings)
              .starts_with("table 't' cannot be made anew while foreign_keys is on"));
  }

  TEST_CASE("a script gives the database that the run gives") {
    const Unit unit = [](Operations& op) {
      op.batch_alter_table(
          "t",
          {.copy_from = Table("t", {Column("id", Integer, {.primary_key = true}),
                                    Column("a", Integer), Column("b", Integer)})},
          [](auto& b) { b.drop_column("b"); });
    };
    const Chain chain{
        {{"a", executes(kTables)}, {"b", unit}}
    };
    const TestDatabase scripted("sqlite");
    migration::OfflineRun run{
        .dialect = "sqlite", .plan = chain.upgrade({}), .units = chain.units()};
    std::string script = migration::render_script(run);
    script.erase(0, script.find("PRAGMA"));  // behind what is the shell's own
    scripted.connect()->execute(script);
    const TestDatabase changed("sqlite");
    REQUIRE(outcome_of(run_of(changed, chain)) == "done");
    for (const std::string sql : {"SELECT * FROM t", "SELECT * FROM child",
                                  "SELECT sql FROM sqlite_master WHERE name = 't'"}) {
      CHECK(scripted.select(sql) == changed.select(sql));
    }
  }

  TEST_CASE("PostgreSQL makes the changes in place, in the run's transaction") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const Unit unit = [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) {
        b.alter_column("b", {.nullable = false, .new_column_name = "c"});
        b.create_check_constraint("ck", "c > 0");
        b.add_column(Column("d", Integer, {.server_default = "4"}));
      });
    };
    const Chain chain{
        {{"a", executes("CREATE TABLE t (b int); INSERT INTO t VALUES (1)")},
         {"b", unit}}
    };
    CHECK(outcome_of(run_of(database, chain)) == "done");
    CHECK(database.select("SELECT c, d FROM t") == "1 4");
  }

  TEST_CASE("PostgreSQL tells columns apart by their case, in a batch too") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const Unit unit = [](Operations& op) {
      op.batch_alter_table("p", [](auto& b) {
        b.alter_column("A", {.new_column_name = "b"});
        b.drop_column("a");
      });
    };
    const Chain chain{
        {{"a", executes("CREATE TABLE p (id int, \"A\" int, a text);"
                        "INSERT INTO p VALUES (1, 7, 'x')")},
         {"b", unit}}
    };
    CHECK(outcome_of(run_of(database, chain)) == "done");
    CHECK(database.select("SELECT to_json(p)::text FROM p") == "{\"id\":1,\"b\":7}");
  }

  TEST_CASE("with foreign_keys = true a batch that makes no table anew is done") {
    const TestDatabase database("sqlite");
    migration::Settings settings;
    settings.session.foreign_keys = true;
    const Unit unit = [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) {
        b.add_column(Column("z", Integer));
        b.create_index("ix", {"z"});
        b.alter_column("a", {.new_column_name = "c"});
      });
    };
    CHECK(outcome(database, unit, settings) == "done");
    CHECK(database.select("SELECT id, c, z FROM t") == "1 1 NULL,2 1 NULL");
    CHECK(database.select("SELECT * FROM child") == "1,2");
  }
}
