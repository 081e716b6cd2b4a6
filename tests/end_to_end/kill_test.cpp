#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "tests/end_to_end/chain.hpp"

// A run that is killed at any moment leaves its database at a boundary.

namespace revise::testing {
namespace {

constexpr int kRevisions = 12;

void wait_until_sessions_end(const TestDatabase& database) {
  if (database.dialect() == "sqlite") return;
  while (database.select("SELECT count(*) FROM pg_stat_activity "
                         "WHERE application_name LIKE 'revise %'") != "0") {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

std::chrono::microseconds time_of_upgrade(const Project& project) {
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = project.revise({"upgrade", "head"});
  REQUIRE_MESSAGE(outcome.status == 0, outcome.errors);
  return std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
}

void kill_often(const std::string& dialect, const std::string& settings, int kills) {
  const TestDatabase database(dialect);
  const Project project(database.url(), settings);
  add_chain(project, kRevisions, ChainWork::Plain);
  REQUIRE(project.revise({"build"}).status == 0);
  const auto whole = time_of_upgrade(project);

  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  CAPTURE(seed);
  int struck = 0;
  for (int i = 0; i < kills; ++i) {
    CAPTURE(i);
    const bool is_up = revisions_run(database) < kRevisions;
    Running running(
        project.command(is_up ? std::vector<std::string>{"upgrade", "head"}
                              : std::vector<std::string>{"downgrade", "base"}));
    std::uniform_int_distribution<long> moment(0, whole.count());
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
    running.kill(SIGKILL);
    struck += running.wait().status == 128 + SIGKILL ? 1 : 0;
    wait_until_sessions_end(database);
    const auto wrong = off_boundary(database, kRevisions);
    REQUIRE_MESSAGE(wrong.empty(), wrong);
    if (dialect == "sqlite") REQUIRE(database.select("PRAGMA integrity_check") == "ok");
    if (settings.empty()) REQUIRE(revisions_run(database) % kRevisions == 0);
  }
  CHECK(struck > kills / 3);
  const auto outcome = project.revise({"upgrade", "head"});
  CHECK_MESSAGE(outcome.status == 0, outcome.errors);
  CHECK(revisions_run(database) == kRevisions);
}

// With a unit in the middle that commits before and after itself: whatever the kill
// left, the same command again finishes the work.
void kill_and_finish(int kills) {
  const TestDatabase database("postgresql");
  const Project project(database.url());
  add_chain(project, kRevisions, ChainWork::Concurrently);
  REQUIRE(project.revise({"build"}).status == 0);
  const auto whole = time_of_upgrade(project);

  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  CAPTURE(seed);
  int struck = 0;
  for (int i = 0; i < kills; ++i) {
    CAPTURE(i);
    const auto down = project.revise({"downgrade", "base"});
    REQUIRE_MESSAGE(down.status == 0, down.errors);
    Running running(project.command({"upgrade", "head"}));
    std::uniform_int_distribution<long> moment(0, whole.count());
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
    running.kill(SIGKILL);
    struck += running.wait().status == 128 + SIGKILL ? 1 : 0;
    wait_until_sessions_end(database);
    auto wrong = off_boundary(database, kRevisions);
    REQUIRE_MESSAGE(wrong.empty(), wrong);
    const auto again = project.revise({"upgrade", "head"});
    REQUIRE_MESSAGE(again.status == 0, again.errors);
    REQUIRE(revisions_run(database) == kRevisions);
    wrong = off_boundary(database, kRevisions);
    REQUIRE_MESSAGE(wrong.empty(), wrong);
    REQUIRE(database.select("SELECT indisvalid FROM pg_index WHERE indexrelid = "
                            "'concurrent'::regclass") == "true");
  }
  CHECK(struck > kills / 3);
}

}  // namespace

TEST_SUITE("end_to_end/kill") {
  TEST_CASE("kill -9 in a run of one transaction leaves SQLite as before or done") {
    kill_often("sqlite", "", times(30, 100));
  }

  TEST_CASE("kill -9 between transactions leaves SQLite at a revision") {
    kill_often("sqlite", "transaction_per_migration = true\n", times(30, 100));
  }

  TEST_CASE("kill -9 in a run of one transaction leaves PostgreSQL as before or done") {
    kill_often("postgresql", "", times(20, 100));
  }

  TEST_CASE("kill -9 between transactions leaves PostgreSQL at a revision") {
    kill_often("postgresql", "transaction_per_migration = true\n", times(20, 100));
  }

  TEST_CASE("kill -9 around a block outside transactions: the same command finishes") {
    kill_and_finish(times(20, 100));
  }
}

}  // namespace revise::testing
