/// What Alembic's own tests of batch mode ask for (tests/test_batch.py), on a real
/// database: model application, the round trips, copy_from, and where we depart.

#include <doctest/doctest.h>

#include "tests/support/sqlite_changes.hpp"

namespace {

using namespace revise;
using testing::ChangedDatabase;

struct Row {
  std::string name;
  std::string before;  ///< statements that make the database
  void (*change)(Operations& op);
  std::string stored;  ///< of table t; or what was thrown
  std::string rows;    ///< SELECT * FROM t
  int rebuilds = 1;
};

void check(const Row& row) {
  CAPTURE(row.name);
  ChangedDatabase database(row.before);
  const std::string thrown = database.change(row.change);
  CHECK((thrown.empty() ? database.stored("t") : thrown) == row.stored);
  CHECK(database.select("SELECT * FROM t") == row.rows);
  CHECK(database.rebuilds == row.rebuilds);
}

const std::string kFoo =
    "CREATE TABLE t (id INTEGER NOT NULL, data VARCHAR(50), x INTEGER, PRIMARY KEY (id));"
    "INSERT INTO t VALUES (1, 'd1', 5), (2, '22', 6), (3, '8.5', 7), (4, '9.46', 8);";

}  // namespace

TEST_SUITE("batch/reference") {
  TEST_CASE("values change with the type of their column, and only then") {
    const Row rows[] = {
        {"text to integer", kFoo,
         [](auto& op) {
           op.batch_alter_table("t",
                                [](auto& b) { b.alter_column("data", {.type_ = Integer}); });
         },
         "CREATE TABLE \"t\" (id INTEGER NOT NULL, data INTEGER, x INTEGER, PRIMARY KEY "
         "(id))",
         "1 0 5,2 22 6,3 8 7,4 9 8"},
        {"integer to text", "CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (5)",
         [](auto& op) {
           op.batch_alter_table(
               "t", [](auto& b) { b.alter_column("x", {.type_ = String(10)}); });
         },
         "CREATE TABLE \"t\" (x VARCHAR(10))", "5"},
        {"text to a date, which a CAST would leave as 2020",
         "CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('2020-01-02')",
         [](auto& op) {
           op.batch_alter_table("t",
                                [](auto& b) { b.alter_column("x", {.type_ = Date}); });
         },
         "CREATE TABLE \"t\" (x DATE)", "2020-01-02"},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("a type's CHECK comes and goes with it") {
    const Row rows[] = {
        {"boolean to integer",
         "CREATE TABLE t (flag BOOLEAN, CONSTRAINT ck1 CHECK (flag IN (0, 1)))",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.alter_column("flag", {.type_ = Integer,
                                     .existing_type = Boolean(
                                         {.create_constraint = true, .name = "ck1"})});
           });
         },
         "CREATE TABLE \"t\" (flag INTEGER)", ""},
        {"without a name", "CREATE TABLE t (flag BOOLEAN, CHECK (flag IN (0,1)), CHECK (1))",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.alter_column("flag",
                            {.type_ = Integer,
                             .existing_type = Boolean({.create_constraint = true})});
           });
         },
         "CREATE TABLE \"t\" (flag INTEGER, CHECK (1))", ""},
        {"integer to boolean", "CREATE TABLE t (flag INTEGER)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.alter_column("flag", {.type_ = Boolean({.create_constraint = true,
                                                       .name = "ck1"})});
           });
         },
         "CREATE TABLE \"t\" (flag BOOLEAN, CONSTRAINT ck1 CHECK (flag IN (0, 1)))", ""},
        {"dropped with the column",
         "CREATE TABLE t (a, flag BOOLEAN, CONSTRAINT ck1 CHECK (flag IN (0, 1)))",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) { b.drop_column("flag"); });
         },
         "CREATE TABLE \"t\" (a)", ""},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("a rename reaches all that names the column, without a new table") {
    ChangedDatabase database(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x INT CHECK (x > 0), "
        "y AS (x + 1), CONSTRAINT u UNIQUE (x));"
        "CREATE INDEX ix ON t (x) WHERE x > 1; CREATE VIEW v AS SELECT x FROM t;"
        "CREATE TABLE child (x REFERENCES t (x));"
        "CREATE TRIGGER tr AFTER INSERT ON child BEGIN UPDATE t SET x = 1; END");
    REQUIRE(database.change([](Operations& op) {
      op.batch_alter_table("t",
                           [](auto& b) { b.alter_column("x", {.new_column_name = "z"}); });
    }) == "");
    CHECK(database.rebuilds == 0);
    CHECK(database.stored("t") ==
          "CREATE TABLE t (id INTEGER PRIMARY KEY, z INT CHECK (z > 0), y AS (z + 1), "
          "CONSTRAINT u UNIQUE (z))");
    CHECK(database.stored("ix") == "CREATE INDEX ix ON t (z) WHERE z > 1");
    CHECK(database.stored("v") == "CREATE VIEW v AS SELECT z FROM t");
    CHECK(database.stored("child") == "CREATE TABLE child (x REFERENCES t (z))");
    CHECK(database.stored("tr").find("UPDATE t SET z = 1") != std::string::npos);
  }

  TEST_CASE("a column's old name is understood after a rename, until another has it") {
    const Row rows[] = {
        {"old name", "CREATE TABLE t (a INT, b INT)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.alter_column("a", {.new_column_name = "c"});
             b.alter_column("a", {.nullable = false});
             b.create_unique_constraint("uq", {"a", "b"});
           });
         },
         "CREATE TABLE \"t\" (c INT NOT NULL, b INT, CONSTRAINT uq UNIQUE (c, b))", ""},
        {"another has it", "CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 2)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.drop_column("b");
             b.alter_column("a", {.new_column_name = "b"});
             b.add_column(Column("a", Integer, {.server_default = "7"}));
             b.alter_column("a", {.nullable = false});
           });
         },
         "CREATE TABLE \"t\" (b INT, a INTEGER DEFAULT '7' NOT NULL)", "1 7", 2},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("a dropped column takes along what only it held up") {
    const Row rows[] = {
        {"a key", kFoo,
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) { b.drop_column("id"); });
         },
         "CREATE TABLE \"t\" (data VARCHAR(50), x INTEGER)",
         "d1 5,22 6,8.5 7,9.46 8"},
        {"a part of a key", "CREATE TABLE t (a, b, c, PRIMARY KEY (a, b COLLATE nocase))",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) { b.drop_column("a"); });
         },
         "CREATE TABLE \"t\" (b, c, PRIMARY KEY (b COLLATE nocase))", ""},
        {"a foreign key and an index",
         "CREATE TABLE t (a, b, FOREIGN KEY (b) REFERENCES u (id)); "
         "CREATE INDEX ix ON t (b)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); });
         },
         "CREATE TABLE \"t\" (a)", ""},
        {"a check of others", "CREATE TABLE t (a, b, CONSTRAINT less CHECK (a < b))",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); });
         },
         "column 'b' of table 't' cannot be dropped: CHECK constraint 'less' mentions it; "
         "drop or change that first, in the same batch",
         "", 0},
        {"a generated column", "CREATE TABLE t (a, b, c AS (b * 2))",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); });
         },
         "column 'b' of table 't' cannot be dropped: generated column 'c' mentions it; "
         "drop or change that first, in the same batch",
         "", 0},
        {"a predicate", "CREATE TABLE t (a, b); CREATE INDEX ix ON t (a) WHERE b > 0",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); });
         },
         "column 'b' of table 't' cannot be dropped: index 'ix' mentions it; drop or "
         "change that first, in the same batch",
         "", 0},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("a plain column is added in place, another by a new table") {
    const Row rows[] = {
        {"plain", "CREATE TABLE t (a INT)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.add_column(Column("b", Integer, {.index = true, .server_default = "5"}));
           });
         },
         "CREATE TABLE t (a INT, b INTEGER DEFAULT '5')", "", 0},
        {"a default that is computed", "CREATE TABLE t (a INT); INSERT INTO t VALUES (1)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.add_column(Column("b", Integer, {.server_default = text("1 + 1")}));
           });
         },
         "CREATE TABLE \"t\" (a INT, b INTEGER DEFAULT (1 + 1))", "1 2"},
        {"generated and stored", "CREATE TABLE t (a INT); INSERT INTO t VALUES (1)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.add_column(Column("b", Integer, Computed("a + 5", {.persisted = true})));
           });
         },
         "CREATE TABLE \"t\" (a INT, b INTEGER GENERATED ALWAYS AS (a + 5) STORED)",
         "1 6"},
        {"a foreign key", "CREATE TABLE t (a INT)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.add_column(Column("b", Integer, ForeignKey("u.id", {.name = "fk"})));
           });
         },
         "CREATE TABLE \"t\" (a INT, b INTEGER, CONSTRAINT fk FOREIGN KEY(b) REFERENCES "
         "u (id))",
         ""},
        {"never", "CREATE TABLE t (a INT)",
         [](auto& op) {
           op.batch_alter_table("t", {.recreate = "never"}, [](auto& b) {
             b.alter_column("a", {.nullable = false});
           });
         },
         "SQLite cannot alter the type, the default or the nullability of column 'a'; "
         "please refer to the batch mode feature, which recreates the table",
         "", 0},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("a naming convention names what has no name, to be dropped by") {
    const Row rows[] = {
        {"unique", "CREATE TABLE t (a INT, b INT UNIQUE, UNIQUE (a, b))",
         [](auto& op) {
           op.batch_alter_table(
               "t", {.naming_convention = {{"uq", "uq_%(table_name)s_%(column_0_name)s"}}},
               [](auto& b) { b.drop_constraint("uq_t_a", "unique"); });
         },
         "CREATE TABLE \"t\" (a INT, b INT CONSTRAINT uq_t_b UNIQUE)", ""},
        {"foreign key", "CREATE TABLE t (a INT REFERENCES u (id))",
         [](auto& op) {
           op.batch_alter_table(
               "t",
               {.naming_convention = {{"fk", "fk_%(table_name)s_%(referred_table_name)s"}}},
               [](auto& b) { b.drop_constraint("fk_t_u", "foreignkey"); });
         },
         "CREATE TABLE \"t\" (a INT)", ""},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("columns are put in the order that Alembic gives them") {
    const Row rows[] = {
        {"all", "CREATE TABLE t (a, b, c, d); INSERT INTO t VALUES (1, 2, 3, 4)",
         [](auto& op) {
           op.batch_alter_table("t", {.partial_reordering = {{"c", "d", "a", "b"}}},
                                [](auto&) {});
         },
         "CREATE TABLE \"t\" (c, d, a, b)", "3 4 1 2"},
        {"in two rows, with a new one", "CREATE TABLE t (a, b, c)",
         [](auto& op) {
           op.batch_alter_table("t",
                                {.recreate = "always",
                                 .partial_reordering = {{"x", "a"}, {"c", "b"}}},
                                [](auto& b) { b.add_column(Column("x", Integer)); });
         },
         "CREATE TABLE \"t\" (c, x INTEGER, a, b)", ""},
        {"round in a circle", "CREATE TABLE t (a, b)",
         [](auto& op) {
           op.batch_alter_table("t", {.partial_reordering = {{"a", "b"}, {"b", "a"}}},
                                [](auto&) {});
         },
         "the order asked for goes round in a circle: a, b", "", 0},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("arguments of the table") {
    const Row rows[] = {
        {"table_args and table_kwargs", "CREATE TABLE t (id INTEGER, a INT CHECK (a > 0), "
         "PRIMARY KEY (id))",
         [](auto& op) {
           op.batch_alter_table("t",
                                {.table_args = {CheckConstraint("a > 0"),
                                                UniqueConstraint({"a"}, {.name = "uq"})},
                                 .table_kwargs = {.sqlite_autoincrement = true,
                                                  .sqlite_strict = true}},
                                [](auto&) {});
         },
         "CREATE TABLE \"t\" (id INTEGER, a INT CHECK (a > 0), PRIMARY KEY (id "
         "AUTOINCREMENT), CONSTRAINT uq UNIQUE (a)) STRICT",
         ""},
        {"reflect_args", "CREATE TABLE t (a FOO UNIQUE, b INT)",
         [](auto& op) {
           op.batch_alter_table("t",
                                {.reflect_args = {Column("a", String(5),
                                                         {.nullable = false})}},
                                [](auto&) {});
         },
         "CREATE TABLE \"t\" (a VARCHAR(5) NOT NULL UNIQUE, b INT)", ""},
        {"reflect_kwargs", "CREATE TABLE t (a)",
         [](auto& op) {
           op.batch_alter_table("t", {.reflect_kwargs = {{"listeners", 1}}},
                                [](auto&) {});
         },
         "'reflect_kwargs' has 'listeners', which has no meaning: what the database "
         "stores of the table is read as it is, and not reflected",
         "", 0},
        {"recreate", "CREATE TABLE t (a)",
         [](auto& op) { op.batch_alter_table("t", {.recreate = "yes"}, [](auto&) {}); },
         "recreate may be one of 'auto', 'always', or 'never'.", "", 0},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("copy_from takes the place of what is stored, and loses nothing") {
    const Row rows[] = {
        {"gives a name", "CREATE TABLE t (a INT, b INT, UNIQUE (a)); CREATE INDEX ix ON t (b)",
         [](auto& op) {
           op.batch_alter_table(
               "t",
               {.copy_from = Table("t", {Column("a", Integer), Column("b", Integer),
                                         UniqueConstraint({"a"}, {.name = "uq"})})},
               [](auto& b) { b.drop_constraint("uq", "unique"); });
         },
         "CREATE TABLE \"t\" ( a INTEGER, b INTEGER )", ""},
        {"lacks a column", "CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 2)",
         [](auto& op) {
           op.batch_alter_table("t",
                                {.recreate = "always",
                                 .copy_from = Table("t", {Column("a", Integer)})},
                                [](auto&) {});
         },
         "'copy_from' lacks column 'b' of table 't', whose values would be lost; add it, "
         "and drop_column() it if it is to go",
         "1 2", 0},
        {"is another table", "CREATE TABLE t (a INT)",
         [](auto& op) {
           op.batch_alter_table("t", {.copy_from = Table("u", {Column("a", Integer)})},
                                [](auto&) {});
         },
         "'copy_from' is table 'u', and the batch is about 't'", "", 0},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("an index is dropped by its name alone") {
    const Row rows[] = {
        {"in place", "CREATE TABLE t (a); CREATE INDEX ix ON t (a)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) { b.drop_index("ix"); });
         },
         "CREATE TABLE t (a)", "", 0},
        {"with a new table", "CREATE TABLE t (a, b); CREATE INDEX ix ON t (a)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.drop_index("ix");
             b.drop_column("b");
           });
         },
         "CREATE TABLE \"t\" (a)", ""},
        {"that is not there", "CREATE TABLE t (a, b)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.drop_index("ix");
             b.drop_column("b");
           });
         },
         "No such index: 'ix'", "", 0},
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("statements run in their place among the changes") {
    const Row rows[] = {
        {"between", "CREATE TABLE t (a INT); INSERT INTO t VALUES (4)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.add_column(Column("c", Integer));
             b.execute("UPDATE t SET c = a * :by", {{"by", 2}});
             b.alter_column("c", {.nullable = false});
           });
         },
         "CREATE TABLE \"t\" (a INT, c INTEGER NOT NULL)", "4 8"},
        {"none when the body throws", "CREATE TABLE t (a INT)",
         [](auto& op) {
           op.batch_alter_table("t", [](auto& b) {
             b.execute("INSERT INTO t VALUES (1)");
             throw UnitError("no");
           });
         },
         "no", "", 0},
    };
    for (const Row& row : rows) check(row);
  }
}
