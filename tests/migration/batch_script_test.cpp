/// Scripts with batches, fed to sqlite3 as a person would feed them.

#include <doctest/doctest.h>

#include "engine/core/process.hpp"
#include "tests/migration/runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

Table described() {
  return Table("p",
               {Column("id", Integer, {.primary_key = true}), Column("a", Integer)});
}

void not_null(Operations& op) {
  op.batch_alter_table("p", {.copy_from = described()},
                       [](auto& b) { b.alter_column("a", {.nullable = false}); });
}

void drop_a(Operations& op) {
  op.batch_alter_table("p", {.copy_from = described()},
                       [](auto& b) { b.drop_column("a"); });
}

struct Case {
  std::string before = {};  ///< SQL, besides p
  Unit unit = not_null;
  bool foreign_keys = false;
};

constexpr const char* kTable =
    "CREATE TABLE p (id INTEGER NOT NULL PRIMARY KEY, a INTEGER);"
    "INSERT INTO p VALUES (1, 5), (2, 6);";

// What sqlite3 says; empty: it had nothing to say, and the run is done.
std::string fed(const TestDatabase& database, const Case& row) {
  database.connect()->execute("PRAGMA foreign_keys = OFF");
  database.connect()->execute(kTable + row.before);
  const Chain chain{{{"a", row.unit}}};
  migration::OfflineRun run{
      .dialect = "sqlite", .plan = chain.upgrade({}), .units = chain.units()};
  run.settings.session.foreign_keys = row.foreign_keys;
  const auto shell = run_process({
      .arguments = {"sqlite3", database.file()},
      .input = migration::render_script(run)
  });
  CHECK(shell.succeeded() == shell.output.empty());
  return shell.output;
}

bool says(const std::string& output, const std::string& what) {
  CAPTURE(output);
  return output.find(what) != std::string::npos;
}

}  // namespace

TEST_SUITE("migration/batch_script") {
  TEST_CASE("with foreign_keys on, no row that refers to the table is deleted") {
    const TestDatabase database("sqlite");
    CHECK(says(fed(database, {.before = "CREATE TABLE c (p REFERENCES p ON DELETE "
                                        "CASCADE); INSERT INTO c VALUES (1)",
                              .foreign_keys = true}),
               "CHECK constraint failed: foreign_keys is on, and rows that refer to "
               "table p would be deleted"));
    CHECK(database.select("SELECT count(*) FROM c") == "1");
    const TestDatabase alone("sqlite");
    CHECK(fed(alone, {.foreign_keys = true}) == "");
    CHECK(alone.select("SELECT * FROM p") == "1 5,2 6");
  }

  TEST_CASE("a column that copy_from does not name is not lost") {
    const TestDatabase database("sqlite");
    CHECK(says(
        fed(database, {.before = "ALTER TABLE p ADD COLUMN b; UPDATE p SET b = 7"}),
        "table p has a column that copy_from does not name"));
    CHECK(database.select("SELECT b FROM p") == "7,7");
  }

  TEST_CASE("a view or trigger that does not work stops the script, before and after") {
    struct {
      Case test;
      std::string told;
    } const rows[] = {
        {{.before = "CREATE VIEW v AS SELECT a FROM p", .unit = drop_a},
         "error in view v: no such column: a"    },
        {{.before = "CREATE VIEW v AS SELECT zz FROM p"},
         "error in view v: no such column: zz"   },
        {{.before = "CREATE TABLE o (x); CREATE TRIGGER tr AFTER INSERT ON o BEGIN "
                    "DELETE FROM p WHERE a = 1; END",
          .unit = drop_a},
         "error in trigger tr: no such column: a"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.told);
      const TestDatabase database("sqlite");
      CHECK(says(fed(database, row.test), row.told));
      CHECK(database.select("SELECT * FROM p") == "1 5,2 6");
    }
    const TestDatabase database("sqlite");
    CHECK(fed(database, {.before = "CREATE VIEW v AS SELECT a FROM p"}) == "");
    CHECK(database.select("SELECT a FROM v") == "5,6");
  }

  TEST_CASE("a row that refers to nothing after a new table stops the script") {
    const Unit breaks = [](Operations& op) {
      op.execute("INSERT INTO c VALUES (77)");
      not_null(op);
      op.execute("DELETE FROM p WHERE id = 2");
    };
    const std::string tables =
        "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE);"
        "CREATE TABLE other (x REFERENCES nowhere); INSERT INTO other VALUES (1);";
    const std::string told = "rows refer to nothing that did not so before";
    const TestDatabase two("sqlite");
    CHECK(
        says(fed(two, {.before = tables + "INSERT INTO c VALUES (2)", .unit = breaks}),
             told));
    CHECK(two.select("SELECT * FROM p") == "1 5,2 6");
    const TestDatabase none("sqlite");
    CHECK(fed(none, {.before = tables + "INSERT INTO c VALUES (1)", .unit = breaks}) ==
          "");
    CHECK(none.select("SELECT * FROM c") == "1,77");
    // Another row like one that was there.
    const TestDatabase same("sqlite");
    CHECK(fed(same, {.before = tables + "INSERT INTO c VALUES (77), (77)",
                     .unit = not_null}) == "");
    CHECK(same.select("SELECT name FROM sqlite_master WHERE name LIKE 'revise%'") ==
          "");
  }

  TEST_CASE("rows may be mended, and tables go, before the script's transaction ends") {
    const TestDatabase database("sqlite");
    const Unit mends = [](Operations& op) {
      not_null(op);
      op.execute("DELETE FROM p WHERE id = 2");
      op.execute("DELETE FROM c WHERE p = 2");
      op.execute("DROP TABLE d");
      op.batch_alter_table(
          "e", {.copy_from = Table("e", {Column("x", Integer)})},
          [](auto& b) { b.create_foreign_key("fk", "p", {"x"}, {"id"}); });
    };
    CHECK(
        fed(database,
            {.before = "CREATE TABLE c (p REFERENCES p); INSERT INTO c VALUES (1), (2);"
                       "CREATE TABLE d (p REFERENCES p); INSERT INTO d VALUES (9);"
                       "CREATE TABLE e (x INTEGER); INSERT INTO e VALUES (1)",
             .unit = mends}) == "");
    CHECK(database.select("SELECT * FROM c") == "1");
  }

  TEST_CASE("a batch in a block of its own is done, or nothing of it") {
    const auto in_block = [](Operations& op) {
      op.autocommit_block([&] {
        op.batch_alter_table("p", {.copy_from = described()}, [](auto& b) {
          b.create_index("ix", {"a"});
          b.alter_column("a", {.nullable = false});
        });
      });
    };
    const TestDatabase bad("sqlite");
    CHECK(says(fed(bad, {.before = "INSERT INTO p VALUES (3, NULL)", .unit = in_block}),
               "NOT NULL constraint failed"));
    CHECK(bad.select("SELECT count(*) FROM sqlite_master WHERE name IN ('ix', "
                     "'_alembic_tmp_p')") == "0");
    const TestDatabase good("sqlite");
    CHECK(fed(good, {.unit = in_block}) == "");
    CHECK(good.select("SELECT count(*) FROM sqlite_master WHERE name = 'ix'") == "1");
  }
}
