/// Statements of a step that travel to the server together.

#include <doctest/doctest.h>

#include <revise/data.hpp>

#include "tests/migration/postgresql_runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

}  // namespace

TEST_SUITE("migration/together") {
  TEST_CASE("of statements that travelled together the refused one is told") {
    on_postgresql([](const TestDatabase& database) {
      Chain chain = chain_of({"SELECT 1"});
      chain.revisions[0].second = [](Operations& op) {
        op.create_table("ta", {Column("id", Integer)});
        op.create_index("ix_ta", "ta", {"id"});
        op.execute("SELECT 1;\nSELECT\n  idd FROM ta");
        op.create_table("tb", {Column("id", Integer)});
      };
      const std::string told = outcome_of(run_of(database, chain));
      CHECK(holds(told, "in upgrade  -> a, statement 3 of the step: SELECT\n  idd"));
      CHECK(holds(told, "at: line 2, column 3 of the statement"));
      CHECK_FALSE(has_table(database, "ta"));
    });
  }

  TEST_CASE(
      "a unit that catches an error gets nothing half done, and the reason told") {
    on_postgresql([](const TestDatabase& database) {
      Chain chain = chain_of({"SELECT 1"});
      for (const bool looks : {false, true}) {
        CAPTURE(looks);
        chain.revisions[0].second = [looks](Operations& op) {
          try {
            op.execute("CREATE TABLE ta (id INTEGER); SELECT * FROM absent");
            if (looks) op.query<int>("SELECT 1");
          } catch (const std::exception&) {
          }
          op.execute("CREATE TABLE tb (id INTEGER)");
        };
        const std::string told = outcome_of(run_of(database, chain));
        CHECK(holds(told, "relation \"absent\" does not exist"));
        CHECK(holds(told, "statement 1 of the step: SELECT * FROM absent"));
        CHECK_FALSE(has_table(database, "tb"));
      }
    });
  }

  TEST_CASE("with a savepoint a unit goes on after an error") {
    on_postgresql([](const TestDatabase& database) {
      Chain chain = chain_of({"SELECT 1"});
      chain.revisions[0].second = [](Operations& op) {
        op.create_table("ta", {Column("id", Integer)});
        op.execute("SAVEPOINT before");
        try {
          op.execute("INSERT INTO absent VALUES (1)");
        } catch (const std::exception&) {
          op.execute("ROLLBACK TO SAVEPOINT before");
        }
        op.create_table("tb", {Column("id", Integer)});
      };
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(has_table(database, "ta"));
      CHECK(has_table(database, "tb"));
    });
  }

  TEST_CASE("how texts are read may be changed within a step") {
    on_postgresql([](const TestDatabase& database) {
      Chain chain = chain_of({"SELECT 1", "INSERT INTO ta VALUES ('\\')"});
      chain.revisions[0].second = [](Operations& op) {
        op.execute("CREATE TABLE ta (b TEXT)");
        op.execute("SET LOCAL standard_conforming_strings = off");
        op.execute("INSERT INTO ta VALUES ('it\\'s')");
        op.execute("SET LOCAL standard_conforming_strings = on");
        op.execute("INSERT INTO ta VALUES ('\\')");
      };
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(database.select("SELECT b FROM ta") == "it's,\\,\\");
    });
  }

  TEST_CASE("statements that a step prepares and frees do not hinder the next") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = chain_of({"SELECT 1", "SELECT 1", "DEALLOCATE ALL",
                                    "SELECT 1", "DISCARD PLANS", "SELECT 1"});
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(rows_of(database) == "f");
    });
  }

  TEST_CASE("a role that a unit took is given back before the rows are changed") {
    on_postgresql([](const TestDatabase& database) {
      const std::string role = "weak_" + database.select("SELECT current_database()");
      database.connect()->execute("CREATE ROLE " + role);
      const Chain chain =
          chain_of({"SELECT 1", "SET ROLE " + role, "SET LOCAL ROLE " + role,
                    "CREATE TABLE ta AS SELECT current_user AS u"});
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(database.select("SELECT u FROM ta") ==
            database.select("SELECT current_user"));
      database.connect()->execute("DROP ROLE " + role);
    });
  }
}
