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

// Moments spread over a run and a little beyond it, however fast the machine is just
// now: a kill that came too late narrows them, one that struck widens them.
class Aim {
 public:
  explicit Aim(std::chrono::microseconds span) : span_(span) {}

  unsigned seed() const { return seed_; }

  // Whether the run was still going when it was killed.
  bool strikes(Running& running) {
    std::uniform_int_distribution<long> moment(0, span_.count());
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random_)));
    running.kill(SIGKILL);
    const bool struck = running.wait().status == 128 + SIGKILL;
    span_ += struck ? span_ / 20 : -span_ / 10;
    return struck;
  }

 private:
  std::chrono::microseconds span_;
  unsigned seed_ = std::random_device{}();
  std::mt19937 random_{seed_};
};

constexpr int kMostTriesForKill = 10;

void kill_often(const std::string& dialect, const std::string& settings, int kills) {
  const TestDatabase database(dialect);
  const Project project(database.url(), settings);
  add_chain(project, kRevisions, ChainWork::Plain);
  REQUIRE(project.revise({"build"}).status == 0);
  Aim aim(time_of_upgrade(project));
  CAPTURE(aim.seed());
  int struck = 0;
  for (int i = 0; struck < kills; ++i) {
    CAPTURE(i);
    REQUIRE(i < kills * kMostTriesForKill);
    const bool is_up = revisions_run(database) < kRevisions;
    Running running(
        project.command(is_up ? std::vector<std::string>{"upgrade", "head"}
                              : std::vector<std::string>{"downgrade", "base"}));
    struck += aim.strikes(running) ? 1 : 0;
    wait_until_sessions_end(database);
    const auto wrong = off_boundary(database, kRevisions);
    REQUIRE_MESSAGE(wrong.empty(), wrong);
    if (dialect == "sqlite") REQUIRE(database.select("PRAGMA integrity_check") == "ok");
    if (settings.empty()) REQUIRE(revisions_run(database) % kRevisions == 0);
  }
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
  Aim aim(time_of_upgrade(project));
  CAPTURE(aim.seed());
  int struck = 0;
  for (int i = 0; struck < kills; ++i) {
    CAPTURE(i);
    REQUIRE(i < kills * kMostTriesForKill);
    const auto down = project.revise({"downgrade", "base"});
    REQUIRE_MESSAGE(down.status == 0, down.errors);
    Running running(project.command({"upgrade", "head"}));
    struck += aim.strikes(running) ? 1 : 0;
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
