/// What is told to do about statements that real databases refuse.

#include "engine/migration/way_out.hpp"

#include <doctest/doctest.h>

#include "tests/migration/runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

Chain chain_of(const std::vector<std::string>& statements) {
  Chain chain;
  char id = 'a';
  for (const auto& sql : statements) {
    chain.revisions.emplace_back(std::string(1, id++), executes(sql));
  }
  return chain;
}

// The way out of a run of `statements`, one a revision; empty when none is told.
std::string way_out_of(const TestDatabase& database,
                       const std::vector<std::string>& statements,
                       const migration::Settings& settings = {}) {
  const Chain chain = chain_of(statements);
  const std::string told = outcome_of(run_of(database, chain, settings));
  CHECK(told != "done");
  const std::string mark = "| way out: ";
  const auto begin = told.find(mark);
  if (begin == told.npos) return {};
  const auto from = begin + mark.size();
  return told.substr(from, told.find(" | ", from) - from);
}

const std::string kAgain =
    "either the statement is wrong, or the database is not what its version table "
    "says; one that was made anew begins again with 'revise stamp base'";

const std::string kCreateTable =
    "CREATE on the schema, and REFERENCES on each table that is referred to";
const std::string kAlterTable =
    "to own the table, and REFERENCES on each table that is referred to";
const std::string kCreateIndex = "to own the table, and CREATE on its schema";
const std::string kSelect = "SELECT on the table, and USAGE on its schema";
const std::string kInsert = "INSERT on the table, and USAGE on its schema";
const std::string kUpdate = "UPDATE and SELECT on the table, and USAGE on its schema";

}  // namespace

TEST_SUITE("migration/way_out") {
  TEST_CASE("what is there without a record of it may be stamped, or taken out") {
    for_each_database([](const TestDatabase& database) {
      database.connect()->execute(
          "CREATE TABLE t (n INTEGER); CREATE INDEX i ON t (n)");
      for (const std::string sql :
           {"CREATE TABLE t (n INTEGER)", "ALTER TABLE t ADD COLUMN n INTEGER",
            "CREATE INDEX i ON t (n)"}) {
        CAPTURE(sql);
        CHECK(way_out_of(database, {"SELECT 1", sql}) ==
              "the database has what this step makes, but no record of it; if it has "
              "all of it, 'revise stamp b' records that, and if it has a part, take "
              "that part out first");
      }
    });
  }

  TEST_CASE("what is absent may have been dropped behind the version table's back") {
    for_each_database([](const TestDatabase& database) {
      for (const std::string sql : {"INSERT INTO t VALUES (1)", "DROP INDEX i",
                                    "SELECT n FROM (SELECT 1) AS t"}) {
        CAPTURE(sql);
        CHECK(way_out_of(database, {"SELECT 1", sql}) == kAgain);
        // Below the first revision there is nothing that could have been dropped.
        CHECK(way_out_of(database, {sql}).empty());
      }
    });
  }

  TEST_CASE("a fault that the words of the database tell whole has no way out") {
    for_each_database([](const TestDatabase& database) {
      CHECK(way_out_of(database, {"SELECT 1", "SELEC 1"}).empty());
    });
  }
}

TEST_SUITE("migration/way_out_postgresql") {
  TEST_CASE("a right that is missing is named by what the statement takes") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const std::string name = database.select("SELECT current_database()");
    const std::string role = "mere_" + name;
    database.connect()->execute("CREATE TABLE t (n INTEGER PRIMARY KEY); CREATE ROLE " +
                                role + "; GRANT CREATE ON SCHEMA public TO " + role);
    const struct {
      std::string sql;
      std::string taken;
    } rows[] = {
        {"CREATE SCHEMA s",                          "CREATE on the database"},
        {"\n create table pg_catalog.u (n INTEGER)", kCreateTable            },
        {"CREATE TABLE u (n INTEGER REFERENCES t)",  kCreateTable            },
        {"CREATE INDEX i ON t (n)",                  kCreateIndex            },
        {"ALTER TABLE t ADD COLUMN m INTEGER",       kAlterTable             },
        {"DROP TABLE t",                             "to own what is dropped"},
        {"INSERT INTO t VALUES (1)",                 kInsert                 },
        {"UPDATE t SET n = 1",                       kUpdate                 },
        {"SELECT n FROM t",                          kSelect                 },
    };
    migration::Settings settings;
    settings.session.role = role;
    for (const auto& row : rows) {
      CAPTURE(row.sql);
      CHECK(way_out_of(database, {row.sql}, settings) ==
            "this takes " + row.taken +
                "; have it granted, or run as somebody who has it");
    }
    database.connect()->execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
  }

  TEST_CASE("a database that was set to be read only stays so, and says so") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    database.connect()->execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET "
        "default_transaction_read_only = on', current_database()); END $$");
    CHECK(
        way_out_of(database, {"CREATE TABLE t (n INTEGER)"}) ==
        "nothing can be written here: the server is a standby, or it, the database or "
        "the role sets default_transaction_read_only; run it where that is off");
    CHECK_FALSE(has_table(database, "t"));
    CHECK_FALSE(has_table(database, "alembic_version"));
  }

  TEST_CASE("a version table that may not be written is one of them") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const std::string role = "reader_" + database.select("SELECT current_database()");
    const Chain first = chain_of({"SELECT 1"});
    CHECK(steps_of(run_of(database, first)) == 1);
    database.connect()->execute("CREATE ROLE " + role +
                                "; GRANT SELECT ON alembic_version TO " + role);
    migration::Settings settings;
    settings.session.role = role;
    CHECK(way_out_of(database, {"SELECT 1", "SELECT 2"}, settings) ==
          "this takes SELECT, INSERT, UPDATE and DELETE on the table; have it granted, "
          "or run as somebody who has it");
    database.connect()->execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
  }
}
