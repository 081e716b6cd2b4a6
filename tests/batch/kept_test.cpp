/// What a table had before it was made anew, it has afterwards.

#include <doctest/doctest.h>

#include "tests/support/sqlite_changes.hpp"

namespace {

using namespace revise;
using testing::ChangedDatabase;

// A new table without any change of it.
void recreate(Operations& op) {
  op.batch_alter_table("t", {.recreate = "always"}, [](auto&) {});
}

}  // namespace

TEST_SUITE("batch/kept") {
  TEST_CASE("the text of a table that nothing changes stays as it was") {
    const std::string body =
        " /* head */ (\n  id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key\n"
        "  \"a b\" TEXT COLLATE NOCASE NOT NULL ON CONFLICT FAIL DEFAULT ('x, y'),\n"
        "  [c] varchar (10)   CHECK (length(c) > 0) UNIQUE ON CONFLICT REPLACE,\n"
        "  d INT GENERATED ALWAYS AS (id * 2) STORED, e AS (id + 1)\n"
        "  , f REFERENCES t (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,\n"
        "  CHECK (d > 0) CONSTRAINT \"odd name\" UNIQUE (c, f COLLATE BINARY DESC)\n"
        ")";
    ChangedDatabase database("CREATE TABLE t" + body);
    REQUIRE(database.change(recreate) == "");
    CHECK(database.select("SELECT sql FROM sqlite_master WHERE name = 't'") ==
          "CREATE TABLE \"t\"" + body);
  }

  TEST_CASE("STRICT and WITHOUT ROWID stay") {
    ChangedDatabase database(
        "CREATE TABLE t (a TEXT PRIMARY KEY, b ANY) WITHOUT ROWID, STRICT");
    REQUIRE(database.change(recreate) == "");
    CHECK(database.stored("t") ==
          "CREATE TABLE \"t\" (a TEXT PRIMARY KEY, b ANY) WITHOUT ROWID, STRICT");
  }

  TEST_CASE("triggers of all kinds stay, views on the table too") {
    ChangedDatabase database(
        "CREATE TABLE t (a INT); CREATE TABLE o (a INT); CREATE TABLE log (what);"
        "CREATE VIEW v AS SELECT a FROM t;"
        "CREATE TRIGGER own AFTER INSERT ON t BEGIN "
        "INSERT INTO log VALUES ('own' || new.a); END;"
        "CREATE TRIGGER other AFTER INSERT ON o BEGIN "
        "INSERT INTO t SELECT new.a; END;"
        "CREATE TEMP TRIGGER temporary AFTER INSERT ON t BEGIN "
        "INSERT INTO log VALUES ('temporary' || new.a); END;"
        "CREATE TRIGGER instead INSTEAD OF INSERT ON v BEGIN "
        "INSERT INTO t VALUES (new.a + 100); END;");
    const std::string all =
        "SELECT name, sql FROM sqlite_master WHERE name <> 't' UNION ALL "
        "SELECT name, sql FROM sqlite_temp_master ORDER BY 1";
    const std::string before = database.select(all);
    REQUIRE(database.change(recreate) == "");
    CHECK(database.select(all) == before);
    database.execute("INSERT INTO o VALUES (1); INSERT INTO v VALUES (2)");
    CHECK(database.select("SELECT what FROM log ORDER BY what") ==
          "own1,own102,temporary1,temporary102");
  }

  TEST_CASE("indexes stay with their predicates and expressions") {
    ChangedDatabase database(
        "CREATE TABLE t (a INT, b TEXT);"
        "CREATE UNIQUE INDEX one ON t (a) WHERE b IS NOT NULL;"
        "CREATE INDEX \"two words\" ON t (lower(b) COLLATE NOCASE DESC, a)");
    const std::string all = "SELECT sql FROM sqlite_master WHERE type = 'index'";
    const std::string before = database.select(all);
    REQUIRE(database.change(recreate) == "");
    CHECK(database.select(all) == before);
  }

  TEST_CASE("the counter of AUTOINCREMENT stays, also of a table that is empty now") {
    ChangedDatabase database(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a);"
        "INSERT INTO t VALUES (41, 1); DELETE FROM t;");
    REQUIRE(database.change(recreate) == "");
    database.execute("INSERT INTO t (a) VALUES (2)");
    CHECK(database.select("SELECT * FROM t") == "42 2");
    CHECK(database.select("SELECT name, seq FROM sqlite_sequence") == "t 42");
  }

  TEST_CASE("rowids stay, also where no column shows them") {
    ChangedDatabase database(
        "CREATE TABLE t (rowid TEXT, a);"
        "INSERT INTO t (_rowid_, a) VALUES (7, 'x'), (3, 'y'), (90, 'z');");
    REQUIRE(database.change(recreate) == "");
    CHECK(database.select("SELECT _rowid_, a FROM t ORDER BY 1") == "3 y,7 x,90 z");
  }

  TEST_CASE("rows that refer to the table stay, and refer to it") {
    ChangedDatabase database(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, up REFERENCES t (id));"
        "CREATE TABLE child (t REFERENCES t (id) ON DELETE CASCADE);"
        "INSERT INTO t VALUES (1, NULL), (2, 1); INSERT INTO child VALUES (2);");
    REQUIRE(database.change(recreate) == "");
    CHECK(database.select("SELECT * FROM child") == "2");
    CHECK(database.stored("child") ==
          "CREATE TABLE child (t REFERENCES t (id) ON DELETE CASCADE)");
    CHECK(database.select("PRAGMA foreign_key_check") == "");
    database.execute("PRAGMA foreign_keys = ON; DELETE FROM t WHERE id = 2");
    CHECK(database.select("SELECT * FROM child") == "");
  }

  TEST_CASE("copy_from keeps what a column held that it has no expression for") {
    ChangedDatabase database(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, "
        "g INT GENERATED ALWAYS AS (a * 2) STORED, v AS (a + 1), h INT);"
        "INSERT INTO t (id, a, h) VALUES (1, 3, 9), (2, 4, 9)");
    REQUIRE(database.change([](Operations& op) {
      op.batch_alter_table(
          "t",
          {.copy_from = Table(
               "t", {Column("id", Integer, {.primary_key = true}), Column("a", Integer),
                     Column("g", Integer), Column("v", Integer),
                     Column("h", Integer, Computed("a + 10"))})},
          [](auto& b) { b.drop_column("id"); });
    }) == "");
    CHECK(database.select("SELECT * FROM t") == "3 6 4 13,4 8 5 14");
  }

  TEST_CASE("views and triggers that do not work, and are about other things, stay") {
    ChangedDatabase database(
        "CREATE TABLE t (a INT, b INT); CREATE TABLE s (s);"
        "CREATE VIEW quoted AS SELECT s FROM s WHERE s = \"open\";"
        "CREATE VIEW \"over it\" AS SELECT * FROM quoted;"
        "CREATE TRIGGER tr AFTER INSERT ON s BEGIN INSERT INTO nowhere VALUES (1); END;"
        "CREATE TEMP VIEW quoted AS SELECT zz FROM main.s;"
        "CREATE VIEW v AS SELECT a FROM t");
    const std::string all =
        "SELECT name, sql FROM sqlite_master WHERE type <> 'table' UNION ALL "
        "SELECT name, sql FROM sqlite_temp_master ORDER BY 1, 2";
    const std::string before = database.select(all);
    const auto drop = [&](const std::string& column) {
      return database.change([&](Operations& op) {
        op.batch_alter_table("t", [&](auto& b) { b.drop_column(column); });
      });
    };
    CHECK(drop("a") == "error in view v: no such column: a");
    CHECK(drop("b") == "");
    CHECK(database.stored("t") == "CREATE TABLE \"t\" (a INT)");
    CHECK(database.select(all) == before);
  }

  TEST_CASE("a view that does not work is about the table by way of another, too") {
    ChangedDatabase database(
        "CREATE TABLE t (a INT, b INT); CREATE VIEW v AS SELECT a FROM t;"
        "CREATE VIEW w AS SELECT a FROM v WHERE a = \"b\"");
    CHECK(database.change([](Operations& op) {
      op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); });
    }) == "error in view w: no such column: b");
  }

  TEST_CASE("what ANALYZE found out stays, where an index stays as it was") {
    ChangedDatabase database(
        "ATTACH ':memory:' AS \"s t\"; CREATE TABLE \"s t\".o (x);"
        "CREATE TABLE \"s t\".t (a TEXT, b INT, c INT, d INT, UNIQUE (d), PRIMARY KEY "
        "(a, b)) WITHOUT ROWID; CREATE INDEX \"s t\".same ON t (b, lower(a)) WHERE b > "
        "1;"
        "CREATE INDEX \"s t\".other ON t (b); CREATE INDEX \"s t\".typed ON t (c);"
        "INSERT INTO \"s t\".t VALUES ('x', 1, 1, 1), ('y', 2, 1, 2), ('y', 3, 1, 3);"
        "INSERT INTO \"s t\".o VALUES (1); ANALYZE \"s t\"");
    const std::string all =
        "SELECT tbl, idx, stat FROM \"s t\".sqlite_stat1 ORDER BY 1, 2";
    REQUIRE(database.select(all) ==
            "o NULL 1,t other 3 1,t same 2 1 1,t sqlite_autoindex_t_1 3 1,t t 3 2 1,"
            "t typed 3 3");
    REQUIRE(database.change([](Operations& op) {
      op.batch_alter_table("t",
                           [](auto& b) {
                             b.drop_index("other");
                             b.create_index("other", {"d"});
                             b.alter_column("c", {.type_ = Text});
                           },
                           {.schema = "s t"});
    }) == "");
    CHECK(database.select(all) ==
          "o NULL 1,t same 2 1 1,t sqlite_autoindex_t_1 3 1,t t 3 2 1");
  }
}
