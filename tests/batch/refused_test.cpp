/// What a batch does not do is said, and leaves the database as it was.

#include <doctest/doctest.h>

#include "tests/support/sqlite_changes.hpp"

namespace {

using namespace revise;
using testing::ChangedDatabase;

struct Row {
  std::string name;
  std::string before;
  void (*change)(BatchOperations& batch_op);
  std::string thrown;
};

std::string everything(ChangedDatabase& database) {
  return database.select("SELECT * FROM sqlite_master ORDER BY name") +
         database.select("SELECT * FROM t ORDER BY 1") +
         database.select("PRAGMA legacy_alter_table");
}

}  // namespace

TEST_SUITE("batch/refused") {
  TEST_CASE("what is refused leaves all as it was") {
    const Row rows[] = {
        {"a broken view",                          "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT zz FROM t",
         [](auto& b) { b.drop_column("b"); },                                                                                                       "error in view v: no such column: zz"                                       },
        {"a broken trigger of another table",
         "CREATE TABLE t (a, b); CREATE TABLE o (a); CREATE TRIGGER tr AFTER INSERT ON "
         "o "
         "BEGIN INSERT INTO t VALUES (new.zz, 1); END",                                                        [](auto& b) { b.drop_column("b"); },
         "error in trigger tr: no such column: new.zz"                                                                                                                                                                          },
        {"a view that would break",
         "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT b FROM t",                                            [](auto& b) { b.drop_column("b"); }, "error in view v: no such column: b"                                        },
        {"a trigger that would break",
         "CREATE TABLE t (a, b); CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT "
         "new.b; "
         "END",                                                                                                [](auto& b) { b.drop_column("b"); },
         "error in trigger tr: no such column: new.b"                                                                                                                                                                           },
        {"a trigger on the column",
         "CREATE TABLE t (a, b); CREATE TRIGGER tr AFTER UPDATE OF b ON t BEGIN SELECT "
         "1; "
         "END",                                                                                                [](auto& b) { b.drop_column("b"); },
         "column 'b' of table 't' cannot be dropped: trigger 'tr' mentions it; drop or "
         "change that first, in the same batch"                                                                                                                                                                                 },
        {"rows that do not fit",                   "CREATE TABLE t (a); INSERT INTO t VALUES (1), (1)",
         [](auto& b) { b.create_unique_constraint("uq", {"a"}); },
         "UNIQUE constraint failed: _alembic_tmp_t.a"                                                                                                                                                                           },
        {"rows that a conflict clause would drop",
         "CREATE TABLE t (a INT, b INT NOT NULL ON CONFLICT IGNORE); INSERT INTO t "
         "VALUES "
         "(1, 1), (1, 2)",                                                                                     [](auto& b) {
           b.create_unique_constraint("uq", {"a"}, {.sqlite_on_conflict = "IGNORE"});
         },                                                                                                               "UNIQUE constraint failed: _alembic_tmp_t.a"                                },
        {"a table left from earlier",
         "CREATE TABLE t (a, b); CREATE TABLE _alembic_tmp_t (a)",                                             [](auto& b) { b.drop_column("b"); },
         "there is a table '_alembic_tmp_t' already, left from an earlier batch on "
         "'t'; "
         "see whether anything in it is missed, and drop it"                                                                                                                                                                    },
        {"an error after a new table",
         "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 2)",                                                 [](auto& b) {
           b.drop_column("b");
           b.execute("INSERT INTO t VALUES (5)");
           b.execute("INSERT INTO nowhere VALUES (5)");
         },                                                                           "no such table: nowhere"                                                    },
        {"the only column",                        "CREATE TABLE t (a)",                                       [](auto& b) { b.drop_column("a"); },
         "column 'a' is the only one of table 't'"                                                                                                                                                                              },
        {"a foreign key to elsewhere",             "CREATE TABLE t (a)",
         [](auto& b) {
           b.create_foreign_key("fk", "u", {"a"}, {"id"}, {.referent_schema = "s"});
         },                                                                                                                                         "the foreign key to 'u' leads to another schema, which SQLite does not have"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.name);
      ChangedDatabase database(row.before);
      const std::string before = everything(database);
      CHECK(database.change([&](Operations& op) {
        op.batch_alter_table("t", row.change);
      }) == row.thrown);
      CHECK(everything(database) == before);
    }
  }

  TEST_CASE("a table that is none is named") {
    ChangedDatabase database(
        "CREATE TABLE o (a); CREATE VIEW v AS SELECT a FROM o;"
        "CREATE VIRTUAL TABLE f USING fts5(a)");
    const auto drop_from = [&](const std::string& table) {
      return database.change([&](Operations& op) {
        op.batch_alter_table(table, [](auto& b) { b.drop_column("a"); });
      });
    };
    CHECK(drop_from("nowhere") == "there is no table 'nowhere'");
    CHECK(drop_from("v") ==
          "'v' is a view, and only a table can be changed in a batch");
    CHECK(drop_from("f") ==
          "'f' is a virtual table, and only a table can be changed in a batch");
  }

  TEST_CASE("tables of attached databases, and temporary ones, are found") {
    ChangedDatabase database(
        "ATTACH ':memory:' AS \"a b\"; CREATE TABLE \"a b\".t (x INT, y INT);"
        "CREATE INDEX \"a b\".ix ON t (x); CREATE TABLE t (x, y);"
        "CREATE TEMP TABLE hidden (x, y); CREATE TABLE main.hidden (x, y);"
        "CREATE TEMP TRIGGER tr AFTER INSERT ON \"a b\".t BEGIN SELECT new.x; END");
    REQUIRE(database.change([](Operations& op) {
      op.batch_alter_table("t", [](auto& b) { b.drop_column("y"); }, {.schema = "a b"});
      op.batch_alter_table("hidden", [](auto& b) { b.drop_column("y"); });
    }) == "");
    CHECK(database.stored("t", "\"a b\"") == "CREATE TABLE \"t\" (x INT)");
    CHECK(database.stored("ix", "\"a b\"") == "CREATE INDEX ix ON t (x)");
    CHECK(database.stored("t") == "CREATE TABLE t (x, y)");
    CHECK(database.stored("hidden", "temp") == "CREATE TABLE \"hidden\" (x)");
    CHECK(database.stored("hidden") == "CREATE TABLE hidden (x, y)");
    CHECK(database.select(
              "SELECT name FROM sqlite_temp_master WHERE type = 'trigger'") == "tr");
  }

  TEST_CASE("with foreign_keys on, no row of another table is lost") {
    const std::string tables =
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a);"
        "CREATE TABLE child (t REFERENCES t (id) ON DELETE CASCADE);"
        "INSERT INTO t VALUES (1, 2); INSERT INTO child VALUES (1);"
        "PRAGMA foreign_keys = ON;";
    const auto change = [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) { b.drop_column("a"); });
    };
    ChangedDatabase outside(tables);
    CHECK(outside.change(change) == "");
    CHECK(outside.select("SELECT * FROM child") == "1");
    CHECK(outside.select("PRAGMA foreign_keys") == "1");
    ChangedDatabase inside(tables + "BEGIN");
    CHECK(inside.change(change) ==
          "table 't' cannot be made anew while foreign_keys is on: the rows of child "
          "that "
          "refer to it would be deleted; take the setting 'foreign_keys' out");
    CHECK(inside.select("SELECT * FROM child") == "1");
  }

  TEST_CASE("an error of a view is SQLite's own, with what was being done") {
    const auto error_of = [](const std::string& view, const char* column) {
      ChangedDatabase database("CREATE TABLE t (a, b); " + view);
      std::string told = "done";
      database.change([&](Operations& op) {
        try {
          op.batch_alter_table("t", [&](auto& b) { b.drop_column(column); });
        } catch (const DatabaseError& error) {
          told =
              error.code() + " | " + error.statement() + " | " + error.contexts().at(0);
          CHECK(error.notes().at(0).find("single quotes") != std::string::npos);
        }
      });
      return told;
    };
    const std::string statement = "ALTER TABLE main._alembic_tmp_ RENAME COLUMN a TO b";
    CHECK(error_of("CREATE VIEW v AS SELECT a FROM t WHERE b = \"x\"", "b") ==
          "1 | " + statement +
              " | checking views and triggers before table 't' is changed");
    CHECK(error_of("CREATE VIEW v AS SELECT b FROM t", "b") ==
          "1 | " + statement +
              " | checking views and triggers after the changes to table 't'");
  }

  TEST_CASE("an error that is no view's goes on as it came") {
    ChangedDatabase database(
        "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT zz FROM o");
    database.execute("PRAGMA max_page_count = " + database.select("PRAGMA page_count"));
    std::string told;
    database.change([&](Operations& op) {
      try {
        op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); });
      } catch (const DatabaseError& error) {
        told = error.code() + " " + error.what();
      }
    });
    CHECK(told == "13 database or disk is full");
    CHECK(database.stored("t") == "CREATE TABLE t (a, b)");
  }

  TEST_CASE("a trigger that changes a column which goes is refused, and named") {
    const std::string tables =
        "CREATE TABLE t (a, b, c); CREATE TABLE o (x, y); CREATE VIEW v AS SELECT a "
        "FROM t;"
        "ATTACH ':memory:' AS s; CREATE TABLE s.t (n);";
    for (const std::string trigger :
         {"TRIGGER tr AFTER INSERT ON o BEGIN UPDATE t SET b = 1; END",
          "TRIGGER tr AFTER DELETE ON o BEGIN INSERT INTO t (a, b) VALUES (1, 2); END",
          "TRIGGER tr BEFORE UPDATE OF y ON o BEGIN UPDATE t SET a = 1, b = 2; END",
          "TRIGGER tr BEFORE UPDATE ON t BEGIN INSERT INTO t (b) VALUES (1); END",
          "TEMP TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET b = 1; END",
          "TRIGGER tr INSTEAD OF UPDATE ON v BEGIN UPDATE t SET b = new.a; END"}) {
      CAPTURE(trigger);
      ChangedDatabase database(tables + "CREATE " + trigger);
      const std::string before = everything(database);
      std::string note;
      const auto drop = [&](const char* column) {
        return database.change([&](Operations& op) {
          try {
            op.batch_alter_table("t", [&](auto& b) { b.drop_column(column); });
          } catch (const DatabaseError& error) {
            note = error.notes().at(0);
            throw;
          }
        });
      };
      CHECK(drop("b").find("column") != std::string::npos);
      CHECK(note.starts_with("trigger 'tr' would not work any more"));
      CHECK(everything(database) == before);
      CHECK(drop("c") == "");
    }
  }

  TEST_CASE("a trigger that could not fire before is no reason to refuse") {
    ChangedDatabase database(
        "CREATE TABLE t (a, b); CREATE TABLE o (x); CREATE TRIGGER tr AFTER INSERT ON "
        "o "
        "BEGIN UPDATE t SET zz = 1; END");
    CHECK(database.change([](Operations& op) {
      op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); });
    }) == "");
  }
}
