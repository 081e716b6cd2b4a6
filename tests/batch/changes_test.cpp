/// Each change of a batch, made to a table that has rows.

#include <doctest/doctest.h>

#include "tests/support/sqlite_changes.hpp"

namespace {

using namespace revise;
using testing::ChangedDatabase;

using Body = void (*)(BatchOperations& batch_op);

struct Row {
  std::string name;
  std::string before;  ///< the table's definition, after "CREATE TABLE t "
  Body body;
  std::string after;  ///< as stored then; or what was thrown
};

void check(const Row& row) {
  CAPTURE(row.name);
  ChangedDatabase database("CREATE TABLE t " + row.before);
  const std::string thrown =
      database.change([&](Operations& op) { op.batch_alter_table("t", row.body); });
  const std::string stored = database.stored("t");
  CHECK((thrown.empty() ? stored.substr(std::string("CREATE TABLE ").size())
                        : thrown) == row.after);
}

}  // namespace

TEST_SUITE("batch/changes") {
  TEST_CASE("a column's type, default and NOT NULL change in their places") {
    const Row rows[] = {
        {"a type",                      "(a VARCHAR(5) COLLATE NOCASE NOT NULL)",
         [](auto& b) { b.alter_column("a", {.type_ = String(10)}); },
         "\"t\" (a VARCHAR(10) COLLATE NOCASE NOT NULL)"   },
        {"a type where there was none", "(a, b INT)",
         [](auto& b) { b.alter_column("a", {.type_ = Integer}); },
         "\"t\" (a INTEGER, b INT)"                        },
        {"a default",                   "(a INT NOT NULL CHECK (a > 0))",
         [](auto& b) { b.alter_column("a", {.server_default = "1"}); },
         "\"t\" (a INT DEFAULT '1' NOT NULL CHECK (a > 0))"},
        {"another default",             "(a INT DEFAULT (1 + 1) NOT NULL)",
         [](auto& b) { b.alter_column("a", {.server_default = text("7")}); },
         "\"t\" (a INT DEFAULT 7 NOT NULL)"                },
        {"no default",                  "(a INT DEFAULT -1 NOT NULL)",
         [](auto& b) { b.alter_column("a", {.server_default = none}); },
         "\"t\" (a INT NOT NULL)"                          },
        {"not nullable",                "(a INT DEFAULT 1 UNIQUE)",
         [](auto& b) { b.alter_column("a", {.nullable = false}); },
         "\"t\" (a INT DEFAULT 1 NOT NULL UNIQUE)"         },
        {"nullable",                    "(a INT CONSTRAINT x NOT NULL ON CONFLICT FAIL UNIQUE)",
         [](auto& b) { b.alter_column("a", {.nullable = true}); },
         "\"t\" (a INT UNIQUE)"                            },
        {"a column that is not there",  "(a INT)",
         [](auto& b) { b.alter_column("zz", {.nullable = true}); },
         "table 't' has no column 'zz'"                    },
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("columns come where they are asked for") {
    const Row rows[] = {
        {"the end",                     "(a INT, b INT, UNIQUE (a))",
         [](auto& b) {
           b.add_column(Column("c", Integer));
           b.drop_column("b");
         },                                                                              "\"t\" (a INT, c INTEGER, UNIQUE (a))"                  },
        {"after",                       "(a INT, b INT)",
         [](auto& b) {
           b.add_column(Column("c", Integer), {.insert_after = "a"});
           b.alter_column("b", {.nullable = false});
         },                                                                              "\"t\" (a INT, c INTEGER, b INT NOT NULL)"              },
        {"before the first",            "(a INT, b INT)",
         [](auto& b) {
           b.add_column(Column("c", Integer, {.unique = true}), {.insert_before = "a"});
         },                                                                              "\"t\" (c INTEGER, a INT, b INT, UNIQUE (c))"           },
        {"two after one",               "(a INT, b INT)",
         [](auto& b) {
           b.add_column(Column("c", Integer, {.unique = true}), {.insert_after = "a"});
           b.add_column(Column("d", Integer), {.insert_after = "a"});
         },                                                                              "\"t\" (a INT, c INTEGER, d INTEGER, b INT, UNIQUE (c))"},
        {"a column that is there",      "(a INT, b INT, c INT)",
         [](auto& b) { b.alter_column("c", {.type_ = Integer, .insert_before = "a"}); },
         "\"t\" (c INTEGER, a INT, b INT)"                                                                                                       },
        {"nowhere without a new table", "(a INT)",
         [](auto& b) { b.add_column(Column("c", Integer), {.insert_before = "a"}); },
         "Can't specify insert_before or insert_after when using ALTER; please specify "
         "recreate='always'"                                                                                                                     },
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("constraints come behind all others, and go by their names") {
    const Row rows[] = {
        {"unique",                   "(a INT)",                                          [](auto& b) { b.create_unique_constraint("uq", {"a"}); },
         "\"t\" (a INT, CONSTRAINT uq UNIQUE (a))"                                                                                                                           },
        {"check",                    "(a INT CONSTRAINT one CHECK (a > 1))",
         [](auto& b) { b.create_check_constraint("ck", "a > 0"); },
         "\"t\" (a INT CONSTRAINT one CHECK (a > 1), CONSTRAINT ck CHECK (a > 0))"                                                                                           },
        {"foreign key",              "(a INT)",
         [](auto& b) {
           b.create_foreign_key("fk", "u", {"a"}, {"id"}, {.ondelete = "CASCADE"});
         },                                                                                                                                        "\"t\" (a INT, CONSTRAINT fk FOREIGN KEY(a) REFERENCES u (id) ON DELETE "
         "CASCADE)"                                                                                                                                               },
        {"primary key",              "(a INT PRIMARY KEY, b INT)",
         [](auto& b) { b.create_primary_key("pk", {"b"}); },
         "\"t\" (a INT, b INT, CONSTRAINT pk PRIMARY KEY (b))"                                                                                                               },
        {"dropped, of the table",    "(a INT, CONSTRAINT uq UNIQUE (a), CHECK (a > 0))",
         [](auto& b) { b.drop_constraint("uq", {.type_ = "unique"}); },
         "\"t\" (a INT, CHECK (a > 0))"                                                                                                                                      },
        {"dropped, of a column",     "(a INT CONSTRAINT x REFERENCES u (id) NOT NULL)",
         [](auto& b) { b.drop_constraint("x", "foreignkey"); },
         "\"t\" (a INT NOT NULL)"                                                                                                                                            },
        {"dropped, of another kind", "(a INT, CONSTRAINT uq UNIQUE (a))",
         [](auto& b) { b.drop_constraint("uq", "check"); },                                                                                        "No such constraint: 'uq'"},
        {"without a name",           "(a INT)",
         [](auto& b) { b.create_unique_constraint({}, {"a"}); },
         "Constraint must have a name"                                                                                                                                       },
    };
    for (const Row& row : rows) check(row);
  }

  TEST_CASE("names that differ in case are one, through several renames too") {
    ChangedDatabase database(
        "CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 2)");
    REQUIRE(database.change([](Operations& op) {
      op.batch_alter_table("t", [](auto& batch_op) {
        batch_op.alter_column("A", {.new_column_name = "Foo"});
        batch_op.alter_column("fOO", {.new_column_name = "Bar"});
        batch_op.alter_column("a", {.nullable = false});
        batch_op.alter_column("b", {.new_column_name = "B"});
        batch_op.create_index("ix", {"foo", "b"});
      });
    }) == "");
    CHECK(database.stored("t") ==
          "CREATE TABLE \"t\" (\"Bar\" INT NOT NULL, \"B\" INT)");
    CHECK(database.stored("ix") == "CREATE INDEX ix ON t (\"Bar\", \"B\")");
    CHECK(database.select("SELECT * FROM t") == "1 2");
  }

  TEST_CASE("IF NOT EXISTS has an index made, or let be, also with a new table") {
    ChangedDatabase database(
        "CREATE TABLE t (a INT, b INT); CREATE TABLE o (x); CREATE INDEX other ON o "
        "(x)");
    REQUIRE(database.change([](Operations& op) {
      op.batch_alter_table("t", [](auto& b) {
        b.alter_column("a", {.nullable = false});
        b.create_index("ix", {"a", "b"}, {.if_not_exists = true});
        b.create_index("ix", {"b"}, {.if_not_exists = true});
        b.create_index("other", {"a"}, {.if_not_exists = true});
        b.drop_column("b");
        b.create_index("ix", {"a"}, {.unique = true, .if_not_exists = true});
      });
    }) == "");
    CHECK(database.stored("ix") == "CREATE UNIQUE INDEX ix ON t (a)");
    CHECK(database.stored("other") == "CREATE INDEX other ON o (x)");
  }

  TEST_CASE("a name that two constraints have by a convention is refused") {
    const auto drop = [](const char* name, const char* type) {
      ChangedDatabase database("CREATE TABLE p (a INT UNIQUE, z INT, UNIQUE (a, z))");
      const std::string thrown = database.change([&](Operations& op) {
        op.batch_alter_table(
            "p", {.naming_convention = {{"uq", "uq_%(table_name)s_%(column_0_name)s"}}},
            [&](auto& b) { b.drop_constraint(name, type); });
      });
      return thrown.empty() ? database.stored("p") : thrown;
    };
    CHECK(drop("uq_p_a", "unique") ==
          "table 'p' has two constraints 'uq_p_a': 'UNIQUE' of column 'a' and 'UNIQUE "
          "(a, z)'; a 'naming_convention' or a 'type_' must tell them apart");
  }

  TEST_CASE("a name is no question where the type tells which constraint is meant") {
    check({"two kinds", "(a INT CONSTRAINT x CHECK (a > 0), CONSTRAINT x UNIQUE (a))",
           [](auto& b) { b.drop_constraint("x", "unique"); },
           "\"t\" (a INT CONSTRAINT x CHECK (a > 0))"});
  }

  TEST_CASE("reflect_args say what happens on NULL, or leave that as it is") {
    const auto reflected = [](const Column& column) {
      ChangedDatabase database(
          "CREATE TABLE t (a INT NOT NULL ON CONFLICT FAIL, b INT)");
      const std::string thrown = database.change([&](Operations& op) {
        op.batch_alter_table("t", {.reflect_args = {column}}, [](auto&) {});
      });
      return thrown.empty() ? database.stored("t") : thrown;
    };
    CHECK(reflected(
              Column("a", Integer,
                     {.nullable = false, .sqlite_on_conflict_not_null = "IGNORE"})) ==
          "CREATE TABLE \"t\" (a INTEGER NOT NULL ON CONFLICT IGNORE, b INT)");
    CHECK(reflected(
              Column("b", Integer,
                     {.nullable = false, .sqlite_on_conflict_not_null = "IGNORE"})) ==
          "CREATE TABLE \"t\" (a INT NOT NULL ON CONFLICT FAIL, "
          "b INTEGER NOT NULL ON CONFLICT IGNORE)");
    CHECK(reflected(Column("a", Integer, {.nullable = false})) ==
          "CREATE TABLE \"t\" (a INTEGER NOT NULL ON CONFLICT FAIL, b INT)");
  }

  TEST_CASE("table_kwargs that are set replace the table's own, false ones too") {
    struct {
      std::string before;
      CreateTableOptions options;
      std::string after;
    } const rows[] = {
        {"(a INT) STRICT",                                             {.sqlite_strict = false}, "(a INT)"       },
        {"(a INT)",                                                    {.sqlite_strict = true},  "(a INT) STRICT"},
        {"(a INT PRIMARY KEY) WITHOUT ROWID, STRICT",
         {.sqlite_strict = false},
         "(a INT PRIMARY KEY) WITHOUT ROWID"                                                                     },
        {"(a INT PRIMARY KEY) STRICT, WITHOUT ROWID",
         {.sqlite_with_rowid = true},
         "(a INT PRIMARY KEY) STRICT"                                                                            },
        {"(a INT PRIMARY KEY)",
         {.sqlite_with_rowid = false},
         "(a INT PRIMARY KEY) WITHOUT ROWID"                                                                     },
        {"(a INTEGER PRIMARY KEY AUTOINCREMENT, b)",
         {.sqlite_autoincrement = false},
         "(a INTEGER PRIMARY KEY, b)"                                                                            },
        {"(a INTEGER, b, CONSTRAINT k PRIMARY KEY (a AUTOINCREMENT))",
         {.sqlite_autoincrement = false},
         "(a INTEGER, b, CONSTRAINT k PRIMARY KEY (a))"                                                          },
        {"(a INTEGER PRIMARY KEY)",
         {.sqlite_autoincrement = true},
         "(a INTEGER PRIMARY KEY AUTOINCREMENT)"                                                                 },
        {"(a INT)",
         {.postgresql_using = "heap", .sqlite_strict = true},
         "(a INT) STRICT"                                                                                        },
    };
    for (const auto& row : rows) {
      CAPTURE(row.before);
      ChangedDatabase database("CREATE TABLE t " + row.before +
                               "; INSERT INTO t (a) VALUES (7)");
      CHECK(database.change([&](Operations& op) {
        op.batch_alter_table("t", {.table_kwargs = row.options}, [](auto&) {});
      }) == "");
      CHECK(database.stored("t") == "CREATE TABLE \"t\" " + row.after);
      CHECK(database.select("SELECT a FROM t") == "7");
    }
  }

  TEST_CASE("table_kwargs that can have no effect are refused") {
    ChangedDatabase database("CREATE TABLE t (a INT)");
    CHECK(database.change([&](Operations& op) {
      op.batch_alter_table(
          "t", {.recreate = "never", .table_kwargs = {.sqlite_strict = true}},
          [](auto&) {});
    }) == "'table_kwargs' are for a table made anew, which recreate = \"never\" rules "
          "out; "
          "leave one of them out");
    CHECK(database
              .change([&](Operations& op) {
                op.batch_alter_table("t", {.table_kwargs = {.comment = "x"}},
                                     [](auto&) {});
              })
              .starts_with("of 'table_kwargs' only the members"));
  }

  TEST_CASE("a rename does not part changes that are only right together") {
    ChangedDatabase database(
        "CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 1), (1, 2)");
    REQUIRE(database.change([](Operations& op) {
      op.batch_alter_table("t", [](auto& b) {
        b.create_unique_constraint("uq", {"a"});
        b.drop_constraint("uq");
        b.create_index("ix", {"b"});
        b.alter_column("a", {.new_column_name = "c"});
        b.alter_column("c", {.nullable = false});
      });
    }) == "");
    CHECK(database.stored("t") == "CREATE TABLE \"t\" (c INT NOT NULL, b INT)");
    CHECK(database.rebuilds == 2);
  }
}
