/// What only a server can do to a run: lose it, pool it, defer, hide its tables.

#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <thread>
#include <utility>

#include "tests/migration/postgresql_runs.hpp"
#include "tests/support/postgresql_server.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::Settings;
using migration::Transactions;

// What becomes of a transaction whose answer is lost.
enum class Fate { Committed, RolledBack };

// A connection that ends its own back end once COMMIT has gone through.
class Losing final : public driver::Connection {
 public:
  Losing(std::unique_ptr<driver::Connection> inner, Fate fate)
      : inner_(std::move(inner)), fate_(fate) {}
  std::string_view dialect() const override { return inner_->dialect(); }
  void execute(std::string_view sql) override {
    if (sql != "COMMIT") return inner_->execute(sql);
    if (fate_ == Fate::Committed) inner_->execute(sql);
    try {
      inner_->execute("SELECT pg_terminate_backend(pg_backend_pid())");
    } catch (const DatabaseError& error) {
      throw DatabaseError("server closed the connection",
                          {.connection_lost = error.details().connection_lost});
    }
  }
  driver::Result batch(std::string_view sql) override { return inner_->batch(sql); }
  driver::Result query(std::string_view sql,
                       std::span<const driver::Value> values) override {
    return inner_->query(sql, values);
  }
  void execute_many(std::string_view sql, std::span<const driver::Row> rows) override {
    inner_->execute_many(sql, rows);
  }
  bool in_transaction() const override { return inner_->in_transaction(); }
  const driver::TransactionEnds& transaction_ends() const override {
    return inner_->transaction_ends();
  }
  std::int64_t backend_pid() const override { return inner_->backend_pid(); }
  void cancel() noexcept override { inner_->cancel(); }

 private:
  std::unique_ptr<driver::Connection> inner_;
  Fate fate_;
};

}  // namespace

TEST_SUITE("migration/postgresql") {
  TEST_CASE("what a unit does to the settings is put back after its step") {
    on_postgresql([](const TestDatabase& database) {
      for (const auto transactions : {Transactions::PerRun, Transactions::PerStep}) {
        const Chain chain = chain_of(
            {"SELECT pg_catalog.set_config('search_path', '', false); SET row_security "
             "= "
             "off; SET check_function_bodies = false; SET session_replication_role = "
             "replica; SET statement_timeout = 7",
             "CREATE TABLE ta AS SELECT current_setting('search_path') AS p, "
             "current_setting('row_security') AS r, "
             "current_setting('check_function_bodies') AS c, "
             "current_setting('session_replication_role') AS s, "
             "current_setting('statement_timeout') AS t"});
        CHECK(outcome_of(run_of(database, chain, {.transactions = transactions})) ==
              "done");
        CHECK(database.select("SELECT * FROM public.ta") ==
              "\"$user\", public on on origin 0");
        database.connect()->execute("DROP TABLE ta, alembic_version");
      }
    });
  }

  TEST_CASE("settings hold in each step, and for the run alone") {
    on_postgresql([](const TestDatabase& database) {
      database.connect()->execute("CREATE SCHEMA one; CREATE SCHEMA \"Two\"");
      const Chain chain =
          chain_of({"CREATE TABLE ta AS SELECT "
                    "current_setting('statement_timeout') AS t, "
                    "current_setting('lock_timeout') AS l"});
      Settings settings;
      settings.session = {
          .search_path = {"Two", "one"},
          .statement_timeout = std::chrono::seconds(60),
          .lock_timeout = std::chrono::seconds(5)
      };
      CHECK(outcome_of(run_of(database, chain, settings)) == "done");
      CHECK(database.select("SELECT * FROM \"Two\".ta") == "1min 5s");
      CHECK(database.select("SELECT version_num FROM \"Two\".alembic_version") == "a");
    });
  }

  TEST_CASE("deferred checks are made at each step's end, and deferred again") {
    on_postgresql([](const TestDatabase& database) {
      const std::string parent = "CREATE TABLE p (id INTEGER PRIMARY KEY)";
      const std::string child =
          "CREATE TABLE c (id INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)";
      // Pending checks would forbid the ALTER; without deferring, the second INSERT
      // would come too early.
      const Chain fine =
          chain_of({parent, child, "INSERT INTO c VALUES (1); INSERT INTO p VALUES (1)",
                    "ALTER TABLE c ADD COLUMN b INTEGER",
                    "INSERT INTO c VALUES (2); INSERT INTO p VALUES (2)",
                    "ALTER TABLE c ADD COLUMN d INTEGER"});
      CHECK(outcome_of(run_of(database, fine)) == "done");
      Chain wrong = fine;
      wrong.revisions.emplace_back("g", executes("INSERT INTO c VALUES (3)"));
      CHECK(holds(outcome_of(run_of(database, wrong)),
                  "violates foreign key constraint"));
      CHECK(rows_of(database) == "f");
    });
  }

  TEST_CASE("a back end that is ended between two steps leaves nothing half done") {
    on_postgresql([](const TestDatabase& database) {
      Chain chain = chain_of({"CREATE TABLE ta (id INTEGER)", "SELECT 1", "SELECT 2"});
      chain.revisions[1].second = [&](Operations&) {
        database.connect()->execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE "
            "datname = current_database() AND pid <> pg_backend_pid()");
      };
      const std::string all = outcome_of(run_of(database, chain));
      CHECK(holds(all, "no step was committed"));
      CHECK_FALSE(has_table(database, "ta"));
      const std::string some =
          outcome_of(run_of(database, chain, {.transactions = Transactions::PerStep}));
      CHECK(holds(some, "committed:\nupgrade  -> a"));
      CHECK(rows_of(database) == "a");
    });
  }

  TEST_CASE("runs are kept apart where the default is repeatable read") {
    on_postgresql([](const TestDatabase& database) {
      const auto name = database.select("SELECT current_database()");
      database.connect()->execute("ALTER DATABASE " + name +
                                  " SET default_transaction_isolation = "
                                  "'repeatable read'");
      const Chain chain = chain_of(
          {"CREATE TABLE ta (id INTEGER)", "INSERT INTO ta VALUES (1)", "SELECT 1"});
      std::vector<std::thread> threads;
      std::atomic<int> steps = 0;
      for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] { steps += steps_of(run_of(database, chain)); });
      }
      for (auto& thread : threads) thread.join();
      CHECK(steps == 3);
      CHECK(database.select("SELECT count(*) FROM ta") == "1");
    });
  }

  TEST_CASE(
      "an index built concurrently in the middle does not deadlock with waiters") {
    on_postgresql([](const TestDatabase& database) {
      Chain chain = chain_of({"CREATE TABLE ta (id INTEGER)", "SELECT 1", "SELECT 2"});
      chain.revisions[1].second = [](Operations& op) {
        op.autocommit_block([&] {
          op.create_index("ix_ta", "ta", {"id"}, {.postgresql_concurrently = true});
        });
      };
      std::vector<std::thread> threads;
      std::atomic<int> done = 0;
      for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
          if (steps_of(run_of(database, chain)) >= 0) ++done;
        });
      }
      for (auto& thread : threads) thread.join();
      CHECK(done == 6);
      CHECK(rows_of(database) == "c");
      CHECK(has_table(database, "ix_ta"));
    });
  }

  TEST_CASE("an index that a killed run left invalid is built anew") {
    on_postgresql([](const TestDatabase& database) {
      const auto connection = database.connect();
      connection->execute(
          "CREATE TABLE ta (id INTEGER); INSERT INTO ta VALUES (1), (1)");
      CHECK_THROWS_AS(
          connection->execute("CREATE UNIQUE INDEX CONCURRENTLY ix_ta ON ta (id)"),
          DatabaseError);
      connection->execute("DELETE FROM ta");
      const Chain chain = {{{"a", [](Operations& op) {
                               op.autocommit_block([&] {
                                 op.create_index(
                                     "ix_ta", "ta", {"id"},
                                     {.unique = true, .postgresql_concurrently = true});
                               });
                             }}}};
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(database.select("SELECT indisvalid FROM pg_index WHERE indexrelid = "
                            "'ix_ta'::regclass") == "true");
      // Killed after the index, before the row.
      connection->execute("DELETE FROM alembic_version");
      CHECK(outcome_of(run_of(database, chain)) == "done");
    });
  }

  TEST_CASE("behind a transaction pooler runs are kept apart, and blocks refused") {
    if (std::getenv("REVISE_TEST_POSTGRESQL") != nullptr) return;
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = chain_of({"CREATE TABLE ta (id INTEGER)", "SELECT 1"});
      const auto url = PostgresqlServer::instance().pooled(database.url());
      const auto pooled = [&](const Chain& of, Transactions transactions) {
        auto run = run_of(database, of, {.transactions = transactions});
        run.connect = [url] { return driver::connect(driver::parse_url(url)); };
        return run;
      };
      std::string told;
      auto first = pooled(chain, Transactions::PerRun);
      first.progress.notice = [&](std::string_view line) { told += line; };
      std::vector<std::thread> threads;
      std::atomic<int> steps = 0;
      for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
          const auto run = i == 0 ? first : pooled(chain, Transactions::PerRun);
          steps += steps_of(run);
        });
      }
      for (auto& thread : threads) thread.join();
      CHECK(steps == 2);
      Chain block = chain;
      block.revisions.emplace_back("c", [](Operations& op) {
        op.autocommit_block([&] { op.execute("VACUUM"); });
      });
      CHECK(holds(outcome_of(pooled(block, Transactions::PerRun)),
                  "a transaction pooler stands before this server"));
      CHECK(rows_of(database) == "b");
    });
  }

  TEST_CASE("a session says who it is, and ends with its client") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain =
          chain_of({"CREATE TABLE ta AS SELECT "
                    "current_setting('client_connection_check_interval') "
                    "AS c, current_setting('application_name') AS a, "
                    "current_setting('transaction_isolation') AS i"});
      auto run = run_of(database, chain);
      run.connect = [&] {
        return database.connect({.application_name = "revise upgrade host:1"});
      };
      CHECK(outcome_of(run) == "done");
      CHECK(database.select("SELECT * FROM ta") ==
            "1s revise upgrade host:1 read committed");
    });
  }

  TEST_CASE("an id that is longer than the column is refused before anything runs") {
    on_postgresql([](const TestDatabase& database) {
      const std::string id(40, 'x');
      const Chain chain = {{{id, executes("CREATE TABLE ta (id INTEGER)")}}};
      migration::ensure_version_table(run_of(database, chain));
      const std::string told = outcome_of(run_of(database, chain));
      CHECK(holds(told,
                  "is 40 characters long, and alembic_version.version_num holds 32"));
      CHECK(holds(told,
                  "ALTER TABLE public.alembic_version ALTER COLUMN version_num TYPE "
                  "VARCHAR(40);"));
      CHECK_FALSE(has_table(database, "ta"));
    });
  }

  TEST_CASE(
      "the version table's schema must be there, unless a step or a setting makes it") {
    const struct {
      std::string name;
      std::string first;
      migration::VersionSchema schema;
      std::string outcome;
    } rows[] = {
        {"absent",                 "SELECT 1",              migration::VersionSchema::MustExist,
         "the schema 'Own' of the version table does not exist"                                             },
        {"made by the first step", "CREATE SCHEMA \"Own\"",
         migration::VersionSchema::MustExist,                                                         "done"},
        {"made by the setting",    "SELECT 1",              migration::VersionSchema::CreateIfAbsent,
         "done"                                                                                             },
    };
    on_postgresql([&](const TestDatabase& database) {
      for (const auto& row : rows) {
        CAPTURE(row.name);
        const Chain chain = chain_of({row.first, "SELECT 1"});
        Settings settings;
        settings.version_table.schema = "Own";
        settings.version_schema = row.schema;
        CHECK(holds(outcome_of(run_of(database, chain, settings)), row.outcome));
        if (row.outcome != "done") continue;
        CHECK(database.select("SELECT version_num FROM \"Own\".alembic_version") ==
              "b");
        database.connect()->execute("DROP SCHEMA \"Own\" CASCADE");
      }
    });
  }

  TEST_CASE("a COMMIT whose answer is lost is asked for again") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = chain_of({"CREATE TABLE ta (id INTEGER)"});
      for (const auto fate : {Fate::RolledBack, Fate::Committed}) {
        const bool commits = fate == Fate::Committed;
        CAPTURE(commits);
        auto run = run_of(database, chain);
        std::string told;
        run.progress.notice = [&](std::string_view line) { told += line; };
        run.connect = [&,
                       first = true]() mutable -> std::unique_ptr<driver::Connection> {
          if (!std::exchange(first, false)) return database.connect();
          return std::make_unique<Losing>(database.connect(), fate);
        };
        const std::string outcome = outcome_of(run);
        if (commits) {
          CHECK(outcome == "done");
          CHECK(holds(told, "the server says that it was committed"));
        } else {
          CHECK(holds(outcome, "the server says that it was rolled back"));
        }
        CHECK(has_table(database, "ta") == commits);
      }
    });
  }

  TEST_CASE("when lock_timeout strikes, who held the lock is named, and what") {
    const struct {
      std::string name;
      std::string held;
      std::string wanted;
      std::string told;
    } rows[] = {
        {"a table",           "LOCK TABLE ta IN ACCESS EXCLUSIVE MODE",
         "ALTER TABLE ta ADD COLUMN b INTEGER",                                                 ", which holds AccessExclusiveLock on ta"},
        {"rows",              "UPDATE ta SET id = 2",                   "UPDATE ta SET id = 3",
         ", which changed the same rows"                                                                                                 },
        {"the version table", "DELETE FROM alembic_version",            "SELECT 1",
         ", which holds RowExclusiveLock on alembic_version"                                                                             },
        {"the unit's own",    "LOCK TABLE ta IN ACCESS EXCLUSIVE MODE",
         "SET LOCAL lock_timeout = '500ms'; DROP TABLE ta",                                     ", which holds AccessExclusiveLock on ta"},
    };
    on_postgresql([&](const TestDatabase& database) {
      const auto holder = database.connect({.application_name = "the holder"});
      holder->execute("CREATE TABLE ta (id INTEGER); INSERT INTO ta VALUES (1)");
      migration::ensure_version_table(run_of(database, {}));
      for (const auto& row : rows) {
        CAPTURE(row.name);
        holder->execute("BEGIN; " + row.held);
        Settings settings;
        if (row.name != "the unit's own") {
          settings.session.lock_timeout = std::chrono::milliseconds(300);
        }
        const Chain chain = chain_of({row.wanted});
        const std::string told = outcome_of(run_of(database, chain, settings));
        holder->execute("ROLLBACK");
        CHECK(holds(told, "canceling statement due to lock timeout"));
        CHECK(holds(told, "blocked by: server process " +
                              std::to_string(holder->backend_pid()) +
                              " (the holder, "));
        CHECK(holds(told, row.told));
        CHECK(holds(told, "no step was committed"));
      }
    });
  }

  TEST_CASE("a transaction that a unit leaves open is not taken over") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = {{{"a", [](Operations& op) {
                               op.autocommit_block([&] { op.execute("BEGIN"); });
                             }}}};
      CHECK(holds(outcome_of(run_of(database, chain)),
                  "the unit left a transaction open at the end of its block"));
      CHECK(rows_of(database) == "");
    });
  }

  TEST_CASE("a role that may create nothing is told what was refused, and by what") {
    on_postgresql([](const TestDatabase& database) {
      const std::string role = "common_" + database.select("SELECT current_database()");
      database.connect()->execute("CREATE ROLE " + role);
      Settings settings;
      settings.session.role = role;
      const std::string told =
          outcome_of(run_of(database, chain_of({"SELECT 1"}), settings));
      database.connect()->execute("DROP ROLE " + role);
      CHECK(holds(told, "permission denied for schema public"));
      CHECK(holds(told, "statement: CREATE TABLE public.alembic_version"));
      CHECK(holds(told, "code: 42501"));
      CHECK(holds(told, "no step was committed"));
    });
  }

  TEST_CASE("a refused statement is told by step, number and place") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain = chain_of(
          {"CREATE TABLE ta (id INTEGER)", "SELECT 1;\n\nSELECT\n  idd FROM ta"});
      const std::string told = outcome_of(run_of(database, chain));
      CHECK(holds(told, "in upgrade a -> b, statement 1 of the step: SELECT\n  idd"));
      CHECK(holds(told, "at: line 2, column 3 of the statement"));
      CHECK(holds(told, "code: 42703"));
      CHECK(holds(told, "hint: Perhaps you meant"));
    });
  }

  TEST_CASE("a server out of room for locks names both ways out") {
    on_postgresql([](const TestDatabase& database) {
      const Chain chain =
          chain_of({"DO $$ BEGIN RAISE EXCEPTION 'out of shared memory' USING ERRCODE "
                    "= '53200'; "
                    "END $$"});
      const std::string told = outcome_of(run_of(database, chain));
      CHECK(holds(told, "max_locks_per_transaction"));
      CHECK(holds(told, "transaction_per_migration"));
    });
  }
}
