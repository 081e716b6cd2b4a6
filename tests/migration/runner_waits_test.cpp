/// Runs that wait for a lock, that are waited for, and that signals end.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "tests/migration/runs.hpp"
#include "tests/support/holds.hpp"
#include "tests/support/server_process.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::Transactions;

// What a signal does, until the end of the scope.
class Disposition {
 public:
  Disposition(int signal, void (*handler)(int))
      : signal_(signal), before_(::signal(signal, handler)) {}
  ~Disposition() { ::signal(signal_, before_); }

 private:
  int signal_;
  void (*before_)(int);
};

// Whether another connection is kept from reading.
bool is_held(const TestDatabase& database) {
  try {
    database.connect({.busy_timeout = std::chrono::milliseconds(0)})
        ->query("SELECT count(*) FROM sqlite_master");
    return false;
  } catch (const DatabaseError&) {
    return true;
  }
}

// Another process that keeps everybody out: one's own locks are in no list.
class HeldElsewhere {
 public:
  explicit HeldElsewhere(const TestDatabase& database) {
    const std::string pipe = database.file() + ".pipe";
    database.connect()->execute("CREATE TABLE t (a)");
    give_to_server_user(database.file().substr(0, database.file().rfind('/')));
    give_to_server_user(database.file());
    REQUIRE(mkfifo(pipe.c_str(), 0644) == 0);
    input_ = open(pipe.c_str(), O_RDWR | O_CLOEXEC);
    // With patience, for the look at whether it is held is a reader in its way.
    constexpr std::string_view kSql = ".timeout 60000\nBEGIN EXCLUSIVE;\n";
    REQUIRE(write(input_, kSql.data(), kSql.size()) > 0);
    process_ = std::make_unique<ServerProcess>(
        std::vector<std::string>{
            "/bin/sh", "-c", "exec sqlite3 '" + database.file() + "' < '" + pipe + "'"},
        database.file() + ".log");
    while (!is_held(database) && process_->is_running()) std::this_thread::yield();
    REQUIRE(process_->is_running());
  }
  ~HeldElsewhere() { close(input_); }

 private:
  int input_;
  std::unique_ptr<ServerProcess> process_;
};

// Sends SIGINT once a COMMIT waits for readers: until then others may still read.
void interrupt_commit(const TestDatabase& database) {
  while (!is_held(database)) std::this_thread::yield();
  kill(getpid(), SIGINT);
}

}  // namespace

TEST_SUITE("migration/runner_waits") {
  TEST_CASE("a signal cancels the running statement, and nothing is left behind") {
    for_each_database([](const TestDatabase& database) {
      for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        CAPTURE(signal);
        const Disposition taken(signal, SIG_DFL);
        const Chain chain = {
            {{"a", [&](Operations& op) {
                op.execute("CREATE TABLE ta (id INTEGER)");
                kill(getpid(), signal);
                op.execute(database.dialect() == "sqlite"
                               ? "CREATE TABLE tn AS WITH RECURSIVE n(i) AS (SELECT 1 "
                                 "UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
                               : "SELECT pg_sleep(600)");
              }}}};
        try {
          migration::run(run_of(database, chain));
          FAIL("nothing was thrown");
        } catch (const Interrupted& interrupted) {
          CHECK(interrupted.signal() == signal);
          CHECK(join(interrupted.notes(), " | ").find("no step was committed") !=
                std::string::npos);
        }
        CHECK_FALSE(has_table(database, "ta"));
      }
    });
  }

  TEST_CASE("a signal that the process was started to ignore is still ignored") {
    for_each_database([](const TestDatabase& database) {
      const Disposition ignored(SIGHUP, SIG_IGN);
      const Chain chain = {{{"a", [&](Operations& op) {
                               kill(getpid(), SIGHUP);
                               op.execute("CREATE TABLE ta (id INTEGER)");
                             }}}};
      CHECK(outcome_of(run_of(database, chain)) == "done");
    });
  }

  TEST_CASE("a lock that another run holds is waited for, and the holder named") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = two_tables();
      const Chain inner = two_tables();
      Chain holding = {
          {{"a", [&](Operations&) {
              const auto told = outcome_of(
                  run_of(database, inner, {.wait_lock = std::chrono::milliseconds(1)}));
              CHECK(holds(told, "the database is locked by "));
              CHECK(holds(told, database.dialect() == "sqlite" ? "another connection"
                                                               : "server process "));
              CHECK(holds(told, "no step was committed"));
            }}}};
      CHECK(outcome_of(run_of(database, holding)) == "done");
      CHECK(outcome_of(run_of(database, two_tables())) == "done");
    });
  }

  TEST_CASE("a reader of an SQLite file is waited for, but not against a signal") {
    if (!tests_dialect("sqlite")) return;
    const TestDatabase database("sqlite");
    database.connect()->execute("CREATE TABLE t (a)");
    const auto reader = database.connect();
    reader->execute("BEGIN");
    reader->query("SELECT count(*) FROM t");
    const Disposition taken(SIGINT, SIG_DFL);
    std::thread sender;
    const Chain chain = {{{"a", [&](Operations& op) {
                             op.execute("CREATE TABLE ta (id INTEGER)");
                             sender = std::thread([&] { interrupt_commit(database); });
                           }}}};
    CHECK_THROWS_AS(migration::run(run_of(database, chain)), Interrupted);
    sender.join();
    reader->execute("ROLLBACK");
    CHECK_FALSE(has_table(database, "ta"));
    CHECK(outcome_of(run_of(database, two_tables())) == "done");
  }

  TEST_CASE("who does not want to wait is refused at once, and told by whom") {
    if (!tests_dialect("sqlite")) return;
    const TestDatabase database("sqlite");
    const HeldElsewhere held(database);
    const auto start = std::chrono::steady_clock::now();
    const Chain chain = two_tables();
    const std::string told =
        outcome_of(run_of(database, chain, {.wait_lock = std::chrono::seconds(0)}));
    CHECK(holds(told, "the database is locked by process "));
    CHECK(holds(told, " (sqlite3); waited 0 s for it"));
    // The driver's own patience is five seconds.
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(4));
  }

  TEST_CASE("eight runs at once apply each revision once") {
    for_each_database([](const TestDatabase& database) {
      Chain chain;
      for (const char name : std::string("abcdefgh")) {
        chain.revisions.emplace_back(
            std::string(1, name),
            executes("CREATE TABLE t" + std::string(1, name) + " (id INTEGER)"));
      }
      std::atomic<int> done = 0;
      std::atomic<int> steps = 0;
      std::vector<std::thread> threads;
      for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
          const auto run = run_of(database, chain,
                                  {.transactions = i % 2 == 0 ? Transactions::PerRun
                                                              : Transactions::PerStep});
          steps += steps_of(run);
          ++done;
        });
      }
      for (auto& thread : threads) thread.join();
      CHECK(done == 8);
      CHECK(steps == 8);
      CHECK(rows_of(database) == "h");
    });
  }
}
