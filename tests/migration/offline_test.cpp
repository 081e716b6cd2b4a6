#include "engine/migration/offline.hpp"

#include <doctest/doctest.h>

#include <revise/data.hpp>

#include "engine/core/process.hpp"
#include "tests/migration/runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::OfflineRun;
using migration::Transactions;

OfflineRun offline_of(const TestDatabase& database, const Chain& chain,
                      const graph::Rows& rows = {}) {
  return {.dialect = database.dialect(),
          .rows = rows,
          .plan = chain.upgrade(rows),
          .units = chain.units()};
}

/// Feeds `script` to the database's own client, as a person would; gives its output.
std::string feed(const TestDatabase& database, const std::string& script) {
  const bool is_sqlite = database.dialect() == "sqlite";
  return run_process(
             {
                 .arguments = is_sqlite
                                  ? std::vector<std::string>{"sqlite3", database.file()}
                                  : std::vector<std::string>{ "psql", "-X", "-q", "-d",
                                                             database.url()},
                 .input = script
  })
      .output;
}

Chain two_commented_tables() {
  return {
      {{"a", executes("CREATE TABLE ta (id INTEGER)")},
       {"b", executes("CREATE TABLE tb (id INTEGER) -- done")}}
  };
}

}  // namespace

TEST_SUITE("migration/offline") {
  TEST_CASE("a script reads as this") {
    const Chain chain = two_commented_tables();
    const OfflineRun run{.dialect = "postgresql",
                         .rows = {"a"},
                         .plan = chain.upgrade({"a"}),
                         .units = chain.units()};
    CHECK(migration::render_script(run) ==
          "BEGIN;\n\n"
          "LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE;\n\n"
          "DO $revise$ BEGIN\n"
          "    IF (SELECT coalesce(string_agg(version_num, ',' ORDER BY version_num "
          "COLLATE \"C\"), '') FROM alembic_version) <> 'a' THEN\n"
          "        RAISE EXCEPTION '%', 'the version table does not hold a';\n"
          "    END IF;\nEND $revise$;\n\n"
          "-- Running upgrade a -> b\n\n"
          "CREATE TABLE tb (id INTEGER) -- done\n;\n\n"
          "UPDATE alembic_version SET version_num='b' WHERE "
          "alembic_version.version_num = 'a';\n\n"
          "COMMIT;\n\n");
  }

  TEST_CASE("a script does to the database what the run would") {
    for_each_database([](const TestDatabase& database) {
      for (const auto transactions : {Transactions::PerRun, Transactions::PerStep}) {
        const Chain chain = two_commented_tables();
        auto run = offline_of(database, chain);
        run.settings.transactions = transactions;
        CHECK(feed(database, migration::render_script(run)) == "");
        CHECK(rows_of(database) == "b");
        CHECK(has_table(database, "tb"));
        database.connect()->execute(
            "DROP TABLE ta; DROP TABLE tb; DROP TABLE alembic_version");
      }
    });
  }

  TEST_CASE("a script changes nothing where the rows are not those it starts from") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_commented_tables();
      migration::ensure_version_table(run_of(database, chain));
      database.connect()->execute("INSERT INTO alembic_version VALUES ('x')");
      for (const graph::Rows& rows : {graph::Rows{}, graph::Rows{"a"}}) {
        const auto script = migration::render_script(offline_of(database, chain, rows));
        CHECK(feed(database, script).find("the version table") != std::string::npos);
        CHECK(rows_of(database) == "x");
        CHECK_FALSE(has_table(database, "tb"));
      }
    });
  }

  TEST_CASE("a script that fails half way leaves nothing, though the client goes on") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", executes("CREATE TABLE ta (id INTEGER)")},
           {"b", executes("INSERT INTO none_such VALUES (1)")},
           {"c", executes("CREATE TABLE tc (id INTEGER)")}}
      };
      CHECK(feed(database, migration::render_script(offline_of(database, chain)))
                .find("none_such") != std::string::npos);
      CHECK_FALSE(has_table(database, "ta"));
      CHECK_FALSE(has_table(database, "tc"));
    });
  }

  TEST_CASE("a block outside a transaction stands between COMMIT and BEGIN") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", executes("CREATE TABLE ta (id INTEGER)")}, {"b", [](Operations& op) {
                                                               op.autocommit_block([&] {
                                                                 op.execute("VACUUM;");
                                                               });
                                                             }}}
      };
      const auto script = migration::render_script(offline_of(database, chain));
      CHECK(script.find("COMMIT;\n\nVACUUM;\n\nBEGIN") != std::string::npos);
      CHECK(feed(database, script) == "");
      CHECK(rows_of(database) == "b");
    });
  }

  TEST_CASE(
      "a block outside a transaction runs, and counts, only where all went well") {
    for_each_database([](const TestDatabase& database) {
      for (const std::string outside :
           {"CREATE TABLE tb (id INTEGER)", "INSERT INTO none_such VALUES (1)"}) {
        CAPTURE(outside);
        const Chain chain = {
            {{"a", executes("CREATE TABLE ta (id INTEGER)")},
             {"b", [&](Operations& op) {
                op.autocommit_block([&] { op.execute(outside); });
              }}}
        };
        migration::ensure_version_table(run_of(database, chain));
        const bool fails = outside.starts_with("INSERT");
        if (!fails) {
          database.connect()->execute("INSERT INTO alembic_version VALUES ('x')");
        }
        const auto script = migration::render_script(offline_of(database, chain));
        CHECK(feed(database, script) != "");
        CHECK(rows_of(database) == (fails ? "a" : "x"));
        CHECK_FALSE(has_table(database, "tb"));
        database.connect()->execute("DROP TABLE alembic_version");
      }
    });
  }

  TEST_CASE("a comment that ends in a semicolon ends no statement") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {{{"a", executes("CREATE TABLE ta (id INTEGER) -- done;")}}};
      CHECK(feed(database, migration::render_script(offline_of(database, chain))) ==
            "");
      CHECK(rows_of(database) == "a");
      database.connect()->execute("DROP TABLE ta; DROP TABLE alembic_version");
    });
  }

  TEST_CASE("a unit that reads has no script, and none of it is made") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = {
          {{"a", executes("CREATE TABLE ta (id INTEGER)")},
           {"b", [](Operations& op) {
              for (const auto& row : op.query<std::int64_t>("SELECT 1")) {
                static_cast<void>(row);
              }
            }}}
      };
      const auto run = offline_of(database, chain);
      CHECK_THROWS_AS(migration::render_script(run), UnsupportedError);
    });
  }

  TEST_CASE("a plan without steps makes no script") {
    const Chain chain = two_commented_tables();
    CHECK(migration::render_script({.dialect = "sqlite", .plan = {}}) == "");
  }

  TEST_CASE("ensure_version alone makes the version table") {
    CHECK(migration::render_ensure_version({.dialect = "sqlite"}) ==
          "CREATE TABLE IF NOT EXISTS alembic_version (\n"
          "    version_num VARCHAR(32) NOT NULL, \n"
          "    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n);\n\n");
  }
}
