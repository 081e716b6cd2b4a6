/// A version table that another session, as Python's Alembic does, keeps to itself.

#include <doctest/doctest.h>

#include <thread>

#include "tests/migration/postgresql_runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

const migration::Settings kAtOnce{.wait_lock = std::chrono::milliseconds(1)};

std::string held_by(const driver::Connection& holder) {
  return "the database is locked by server process " +
         std::to_string(holder.backend_pid()) + " (the holder, ";
}

}  // namespace

TEST_SUITE("migration/held_table") {
  TEST_CASE("the table is waited for as long as for the lock, and its holder named") {
    on_postgresql([](const TestDatabase& database) {
      const auto holder = database.connect({.application_name = "the holder"});
      const Chain chain = two_tables();
      migration::ensure_version_table(run_of(database, {}));
      holder->execute("BEGIN; LOCK TABLE alembic_version IN ROW EXCLUSIVE MODE");
      const auto told = outcome_of(run_of(database, chain, kAtOnce));
      CHECK(holds(told, held_by(*holder)));
      CHECK(holds(told, "wait longer with --wait-lock SECONDS"));
      holder->execute("ROLLBACK");
      CHECK(outcome_of(run_of(database, chain, kAtOnce)) == "done");
    });
  }

  TEST_CASE("so it is between two transactions, and what is committed is told") {
    on_postgresql([](const TestDatabase& database) {
      const auto holder = database.connect({.application_name = "the holder"});
      auto settings = kAtOnce;
      settings.transactions = migration::Transactions::PerStep;
      const Chain chain = two_tables();
      auto run = run_of(database, chain, settings);
      run.progress.committed = [&](const auto&, const auto*) {
        holder->execute("BEGIN; LOCK TABLE alembic_version IN ROW EXCLUSIVE MODE");
      };
      const auto told = outcome_of(run);
      CHECK(holds(told, held_by(*holder)));
      CHECK(holds(told, "committed:\nupgrade  -> a"));
    });
  }

  TEST_CASE("what an environment ran before the lock is there after the wait") {
    on_postgresql([](const TestDatabase& database) {
      const auto holder = database.connect({.application_name = "the holder"});
      migration::ensure_version_table(run_of(database, {}));
      holder->execute("BEGIN; LOCK TABLE alembic_version IN ROW EXCLUSIVE MODE");
      const Chain chain{{{"a", executes("INSERT INTO own VALUES (1)")}}};
      auto run = run_of(database, chain);
      run.statements = {"CREATE TABLE own (id INTEGER)"};
      std::thread other([&] {
        const auto observer = database.connect();
        while (text_of_rows(observer->query(
                   "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%NOWAIT%' "
                   "AND pid <> pg_backend_pid() AND datname = current_database()")) ==
               "0") {
          std::this_thread::yield();
        }
        holder->execute("ROLLBACK");
      });
      CHECK(outcome_of(run) == "done");
      other.join();
      CHECK(database.select("SELECT * FROM own") == "1");
    });
  }
}
