/// Servers that go away, told apart from statements that are refused.

#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "engine/core/error.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/postgresql_cluster.hpp"
#include "tests/support/test_database.hpp"

namespace {

using namespace revise;
using testing::PostgresqlCluster;

// One for all tests, which start it each for itself.
PostgresqlCluster& mortal() {
  static PostgresqlCluster cluster(PostgresqlCluster::Listen::Socket);
  return cluster;
}

const std::string kLost = "the connection to the server was lost: ";

std::unique_ptr<driver::Connection> connect(const PostgresqlCluster& cluster) {
  return driver::connect(driver::parse_url(cluster.url()));
}

// "lost" or "refused", code and message.
std::string told(const std::function<void()>& action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return std::string(error.details().connection_lost ? "lost [" : "refused [") +
           error.code() + "] " + error.what();
  }
  return "nothing was thrown";
}

std::string told_of(driver::Connection& connection, const std::string& statement) {
  return told([&] { connection.query(statement); });
}

// What becomes of a statement during which `end` is called.
std::string told_during(driver::Connection& connection, PostgresqlCluster& cluster,
                        const std::function<void()>& end) {
  std::atomic<bool> is_over = false;
  std::thread other([&] {
    const auto observer = connect(cluster);
    const std::string is_running =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    while (!is_over && testing::text_of_rows(observer->query(is_running)) != "1") {
      std::this_thread::yield();
    }
    if (!is_over) end();
  });
  const auto words = told_of(connection, "SELECT pg_sleep(600)");
  is_over = true;
  other.join();
  return words;
}

}  // namespace

TEST_SUITE("driver/postgresql_loss") {
  TEST_CASE(
      "a refused statement leaves the connection, a lost one does not come back") {
    if (!testing::tests_dialect("postgresql")) return;
    auto& cluster = mortal();
    cluster.start();
    const auto connection = connect(cluster);
    CHECK(told_of(*connection, "SELECT 1 / 0") == "refused [22012] division by zero");
    CHECK(testing::text_of_rows(connection->query("SELECT 1")) == "1");
    CHECK(told_during(*connection, cluster, [&] {
            connect(cluster)->execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE wait_event = 'PgSleep'");
          }) == "lost [57P01] terminating connection due to administrator command");
    CHECK(told_of(*connection, "SELECT 1").starts_with("lost [] " + kLost));
    CHECK(told([&] {
            connection->execute("SELECT 1; SELECT 2");
          }).starts_with("lost [] " + kLost));
  }

  TEST_CASE("a server that is shut down says so, running or idle") {
    if (!testing::tests_dialect("postgresql")) return;
    auto& cluster = mortal();
    const std::string words =
        "lost [57P01] terminating connection due to administrator command";
    cluster.start();
    const auto idle = connect(cluster);
    const auto running = connect(cluster);
    CHECK(told_during(*running, cluster,
                      [&] { cluster.stop(PostgresqlCluster::Stop::Fast); }) == words);
    CHECK(told_of(*idle, "SELECT 1") == words);
    CHECK(told([&] { connect(cluster); }).find("failed: No such file or directory") !=
          std::string::npos);
    cluster.start();
    const auto again = connect(cluster);
    CHECK(told_during(*again, cluster,
                      [&] { cluster.stop(PostgresqlCluster::Stop::Immediate); }) ==
          "lost [57P01] terminating connection due to immediate shutdown command");
  }

  TEST_CASE("another session's crash ends this one, and is told") {
    if (!testing::tests_dialect("postgresql")) return;
    auto& cluster = mortal();
    cluster.start();
    const auto victim = connect(cluster);
    const auto running = connect(cluster);
    CHECK(told_during(
              *running, cluster,
              [&] { kill(static_cast<pid_t>(victim->backend_pid()), SIGKILL); }) ==
          "lost [57P02] terminating connection because of crash of another server "
          "process");
    CHECK(told_of(*victim, "SELECT 1") ==
          "lost [] " + kLost + "server closed the connection unexpectedly");
  }

  TEST_CASE("a killed server is a lost connection") {
    if (!testing::tests_dialect("postgresql")) return;
    auto& cluster = mortal();
    cluster.start();
    const auto idle = connect(cluster);
    const auto running = connect(cluster);
    CHECK(told_during(*running, cluster, [&] {
            cluster.stop(PostgresqlCluster::Stop::Kill);
          }) == "lost [] " + kLost + "server closed the connection unexpectedly");
    CHECK(told_of(*idle, "SELECT 1") ==
          "lost [57P01] terminating connection due to unexpected postmaster exit");
  }

  TEST_CASE("a server that is not ready yet refuses, and says to try again") {
    if (!testing::tests_dialect("postgresql")) return;
    auto& cluster = mortal();
    cluster.write("data/recovery.signal", "");
    // It waits for what the archive never gives.
    cluster.launch({"restore_command=sleep 600"});
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    std::string words;
    do {
      std::this_thread::yield();
      words = told([&] { connect(cluster); });
    } while ((words.find("failed: No such file") != words.npos ||
              words.find("Connection refused") != words.npos) &&
             std::chrono::steady_clock::now() < end);
    CHECK(words == "lost [57P03] connection to server on socket \"" + cluster.folder() +
                       "/.s.PGSQL.5432\" failed: the database system is starting up");
    cluster.stop(PostgresqlCluster::Stop::Immediate);
    REQUIRE(unlink((cluster.folder() + "/data/recovery.signal").c_str()) == 0);
  }
}
