/// A batch as a script does to a database what the batch does.

#include <doctest/doctest.h>

#include "tests/support/rendering.hpp"
#include "tests/support/sqlite_changes.hpp"

namespace {

using namespace revise;
using testing::ChangedDatabase;

void drop_and_rename(Operations& op) {
  op.batch_alter_table(
      "t",
      {.copy_from =
           Table("t",
                 {Column("id", Integer, {.primary_key = true}), Column("a", Integer),
                  Column("b", Text), CheckConstraint("a > 0"), Index("ix", {"a"})},
                 {.sqlite_autoincrement = true})},
      [](auto& b) {
        b.alter_column("a", {.new_column_name = "c"});
        b.drop_column("b");
        b.execute("INSERT INTO t (c) VALUES (7)");
      });
}

const std::string kTable =
    "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, a INTEGER, b TEXT, "
    "CHECK (a > 0)); CREATE INDEX ix ON t (a); INSERT INTO t VALUES (5, 1, 'x');";

}  // namespace

TEST_SUITE("batch/script") {
  TEST_CASE("a script does what the batch does") {
    ChangedDatabase changed(kTable);
    REQUIRE(changed.change(drop_and_rename) == "");
    ChangedDatabase scripted(kTable);
    scripted.execute(testing::rendered(drop_and_rename, "sqlite"));
    for (const std::string sql :
         {"SELECT * FROM t", "SELECT * FROM sqlite_sequence",
          "SELECT name, sql FROM sqlite_master ORDER BY name"}) {
      CAPTURE(sql);
      CHECK(scripted.select(sql) == changed.select(sql));
    }
  }

  TEST_CASE("a script stops before it loses what copy_from does not name") {
    for (const std::string more :
         {"CREATE INDEX other ON t (b)",
          "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END"}) {
      CAPTURE(more);
      ChangedDatabase database(kTable + more);
      CHECK_THROWS_WITH_AS(
          database.execute(testing::rendered(drop_and_rename, "sqlite")),
          "CHECK constraint failed: table t has a trigger or an index that copy_from "
          "does "
          "not name",
          DatabaseError);
      CHECK(database.select("SELECT * FROM t") == "5 1 x");
    }
  }

  TEST_CASE("without copy_from a new table cannot be told of, and nothing is") {
    const auto change = [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) { b.drop_column("a"); });
    };
    CHECK(
        testing::rendered(change, "sqlite") ==
        "!This operation cannot proceed in --sql mode; batch mode with dialect sqlite "
        "requires a live database connection with which to reflect the table \"t\". To "
        "generate a batch SQL migration script using table \"move and copy\", a "
        "complete Table object should be passed to the \"copy_from\" argument of the "
        "batch_alter_table() method so that table reflection can be skipped.");
  }

  TEST_CASE("what is done in place needs no table") {
    testing::check(
        "rename, add, index",
        [](Operations& op) {
          op.batch_alter_table("t",
                               [](auto& b) {
                                 b.alter_column("a", {.new_column_name = "b"});
                                 b.add_column(Column("c", Integer));
                                 b.create_index("ix", {"a", "c"}, {.unique = true});
                               },
                               {.schema = "s"});
        },
        "ALTER TABLE s.t RENAME COLUMN a TO b;\nALTER TABLE s.t ADD COLUMN c INTEGER;\n"
        "CREATE UNIQUE INDEX s.ix ON t (b, c);",
        "ALTER TABLE s.t RENAME a TO b;\nALTER TABLE s.t ADD COLUMN c INTEGER;\n"
        "CREATE UNIQUE INDEX ix ON s.t (b, c);");
  }

  TEST_CASE("PostgreSQL alters in place, and a script of it makes no new table") {
    const auto change = [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) {
        b.alter_column("a", {.nullable = false, .new_column_name = "b"});
        b.create_check_constraint("ck", "b > 0");
        b.create_exclude_constraint("ex", {
                                              {"b", "="}
        });
        b.drop_constraint("uq", "unique");
        b.create_table_comment("x");
      });
    };
    CHECK(testing::rendered(change, "postgresql") ==
          "ALTER TABLE t RENAME a TO b;\nALTER TABLE t ALTER COLUMN b SET NOT NULL;\n"
          "ALTER TABLE t ADD CONSTRAINT ck CHECK (b > 0);\n"
          "ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (b WITH =);\n"
          "ALTER TABLE t DROP CONSTRAINT uq;\nCOMMENT ON TABLE t IS 'x';");
    CHECK(
        testing::rendered(
            [](Operations& op) {
              op.batch_alter_table("t", {.recreate = "always"}, [](auto&) {});
            },
            "postgresql")
            .starts_with("!table 't' is recreated from what the database says of it"));
  }

  TEST_CASE("a batch is undone change by change, last first") {
    ChangedDatabase database("CREATE TABLE t (a INT, x TEXT NOT NULL)");
    const auto upgrade = [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) {
        b.alter_column("a", {.new_column_name = "b"});
        b.drop_column(Column("x", Text, {.nullable = false}));
        b.create_unique_constraint("uq", {"b"});
      });
    };
    REQUIRE(database.change(upgrade) == "");
    CHECK(database.stored("t") ==
          "CREATE TABLE \"t\" (b INT, CONSTRAINT uq UNIQUE (b))");
    REQUIRE(database.change([&](Operations& op) { op.reverse(upgrade); }) == "");
    CHECK(database.stored("t") == "CREATE TABLE \"t\" (a INT, x TEXT NOT NULL)");
  }

  TEST_CASE("options of a new table are refused where PostgreSQL alters in place") {
    const auto change = [](Operations& op) {
      op.batch_alter_table("t", {.table_kwargs = {.postgresql_using = "heap"}},
                           [](auto&) {});
    };
    CHECK(testing::rendered(change, "postgresql") ==
          "!'table_kwargs' are for a table made anew, and on PostgreSQL recreate = "
          "\"auto\" changes it in place; leave those that begin with postgresql_ out");
    testing::check(
        "those of SQLite are SQLite's",
        [](Operations& op) {
          op.batch_alter_table("t",
                               {.recreate = op.dialect() == "sqlite" ? "never" : "auto",
                                .table_kwargs = {.postgresql_using = {}}},
                               [](auto& b) { b.create_index("ix", {"a"}); });
        },
        "CREATE INDEX ix ON t (a);", "CREATE INDEX ix ON t (a);");
  }

  TEST_CASE("a script stops where columns are not those that copy_from names") {
    struct {
      std::string before;
      std::string thrown;
    } const rows[] = {
        {"CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, a INTEGER, "
         "b TEXT, precious TEXT)",                                           "table t has a column that copy_from does not name"},
        {"CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, a INTEGER)",
         "copy_from names a column that table t has not"                                                                                 },
        {"CREATE TABLE o (x)",                                                        "copy_from names a column that table t has not"    },
    };
    for (const auto& row : rows) {
      CAPTURE(row.before);
      ChangedDatabase database(row.before);
      const std::string all = "SELECT sql FROM sqlite_master";
      const std::string before = database.select(all);
      CHECK_THROWS_WITH_AS(
          database.execute(testing::rendered(
              [](Operations& op) {
                op.batch_alter_table(
                    "t",
                    {.copy_from =
                         Table("t", {Column("id", Integer, {.primary_key = true}),
                                     Column("a", Integer), Column("b", Text)})},
                    [](auto& b) { b.alter_column("a", {.nullable = false}); });
              },
              "sqlite")),
          ("CHECK constraint failed: " + row.thrown).c_str(), DatabaseError);
      CHECK(database.select(all) == before);
    }
  }

  TEST_CASE("a column that is told by its old name is undone by its new one") {
    const auto upgrade = [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) {
        b.alter_column("a", {.new_column_name = "x"});
        b.alter_column("a", {.nullable = false, .existing_nullable = true});
        b.alter_column("c", {.new_column_name = "a"});
        b.drop_column(Column("b", Integer));
      });
    };
    ChangedDatabase database("CREATE TABLE t (a INT, c INT, b INTEGER)");
    REQUIRE(database.change(upgrade) == "");
    CHECK(database.stored("t") == "CREATE TABLE \"t\" (x INT NOT NULL, a INT)");
    REQUIRE(database.change([&](Operations& op) { op.reverse(upgrade); }) == "");
    CHECK(database.stored("t") == "CREATE TABLE \"t\" (a INT, c INT, b INTEGER)");
  }

  TEST_CASE("a column that is renamed to the name it has is undone like any other") {
    const auto upgrade = [](Operations& op) {
      op.batch_alter_table("t", [](auto& b) {
        b.alter_column("a", {.new_column_name = "a"});
        b.alter_column("a", {.new_column_name = "x"});
        b.alter_column("a", {.new_column_name = "x"});
        b.alter_column("a", {.nullable = false, .existing_nullable = true});
      });
    };
    ChangedDatabase database("CREATE TABLE t (a INT)");
    REQUIRE(database.change(upgrade) == "");
    CHECK(database.stored("t") == "CREATE TABLE \"t\" (x INT NOT NULL)");
    REQUIRE(database.change([&](Operations& op) { op.reverse(upgrade); }) == "");
    CHECK(database.stored("t") == "CREATE TABLE \"t\" (a INT)");
  }

  TEST_CASE("an order of columns, and what arguments did, has no reverse") {
    const auto reversed = [](void (*upgrade)(Operations & op)) {
      ChangedDatabase database("CREATE TABLE t (a INT, b INT)");
      REQUIRE(database.change(upgrade) == "");
      return database.change([&](Operations& op) { op.reverse(upgrade); });
    };
    const std::string refused = "batch_alter_table 't' has no reverse";
    CHECK(reversed([](Operations& op) {
            op.batch_alter_table("t", {.recreate = "always"}, [](auto& b) {
              b.alter_column("a", {.insert_after = "b"});
            });
          }).find(refused) != std::string::npos);
    CHECK(reversed([](Operations& op) {
            op.batch_alter_table(
                "t", {.table_args = {UniqueConstraint({"a"}, {.name = "uq"})}},
                [](auto&) {});
          }).find(refused) != std::string::npos);
    CHECK(reversed([](Operations& op) {
            op.batch_alter_table("t", {.reflect_args = {Column("a", Text)}},
                                 [](auto&) {});
          }).find(refused) != std::string::npos);
  }
}
