/// Settings, time-outs and deferred checks of a script: the same as in the run.

#include <doctest/doctest.h>

#include "engine/core/process.hpp"
#include "tests/migration/postgresql_runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::Settings;

// What psql says against the script of `chain` from base.
std::string play(const TestDatabase& database, const Chain& chain,
                 const Settings& settings) {
  const migration::OfflineRun script{.dialect = "postgresql",
                                     .plan = chain.upgrade({}),
                                     .units = chain.units(),
                                     .settings = settings};
  return run_process({
                         .arguments = {"psql", "-qX", "-d", database.url()},
                         .input = migration::render_script(script)
  })
      .output;
}

// What `tables` hold after a run of `chain`, and after its script in another database.
void check_same(const Chain& chain, const Settings& settings, const std::string& seen,
                const std::string& expected) {
  on_postgresql([&](const TestDatabase& online) {
    const TestDatabase offline("postgresql");
    for (const auto* database : {&online, &offline}) {
      database->connect()->execute("CREATE SCHEMA one; CREATE SCHEMA \"Two\"");
    }
    CHECK(outcome_of(run_of(online, chain, settings)) == "done");
    CHECK(play(offline, chain, settings) == "");
    CHECK(online.select(seen) == expected);
    CHECK(offline.select(seen) == expected);
  });
}

}  // namespace

TEST_SUITE("migration/offline_settings") {
  TEST_CASE("deferred checks that wait do not hinder the next step of a script") {
    const Chain chain = chain_of(
        {"CREATE TABLE p (id INTEGER PRIMARY KEY)",
         "CREATE TABLE c (id INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
         "INSERT INTO c VALUES (1); INSERT INTO p VALUES (1)",
         "ALTER TABLE c ADD COLUMN b INTEGER",
         "INSERT INTO c VALUES (2); INSERT INTO p VALUES (2)",
         "ALTER TABLE c ADD COLUMN d INTEGER"});
    check_same(chain, {}, "SELECT id, b, d FROM c ORDER BY 1",
               "1 NULL NULL,2 NULL NULL");
  }

  TEST_CASE("role, search_path and time-outs hold in a script as in the run") {
    const std::string see =
        "INSERT INTO public.seen SELECT current_schema, "
        "current_setting('lock_timeout'), current_setting('statement_timeout')";
    const Chain chain{
        {{"a", executes("CREATE TABLE public.seen (c TEXT, l TEXT, s TEXT); " + see)},
         {"b",
          [see](Operations& op) {
            op.set_timeouts({.lock_timeout = "2s"});
            op.autocommit_block([&] {
              op.execute(text(see));
              op.set_timeouts({.statement_timeout = "3s"});
              op.execute(text(see));
            });
            op.execute(text(see));
          }},
         {"c", executes(see)}}
    };
    Settings settings;
    settings.session.search_path = {"Two"};
    settings.session.lock_timeout = std::chrono::seconds(9);
    check_same(chain, settings, "TABLE public.seen",
               "Two 9s 0,Two 2s 0,Two 2s 3s,Two 2s 3s,Two 9s 0");
  }

  TEST_CASE("the schema of the version table is made by script and run alike") {
    Settings settings;
    settings.version_table.schema = "Own";
    settings.version_schema = migration::VersionSchema::CreateIfAbsent;
    check_same(chain_of({"CREATE TABLE ta ()", "CREATE TABLE tb ()"}), settings,
               "SELECT version_num FROM \"Own\".alembic_version", "b");
  }
}
