#include "tests/end_to_end/every_kind.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "engine/core/error.hpp"
#include "tests/support/postgresql_cluster.hpp"
#include "tests/support/test_database.hpp"

// Operations of every kind in runs that are cut off: by the client's end, by a signal,
// by the server's end. Then the same command finishes the work.

namespace revise::testing {
namespace {

using Known = std::map<std::string, std::string>;
using Stop = PostgresqlCluster::Stop;

const std::vector<std::string> kUp = {"upgrade", "head"};
const std::vector<std::string> kDown = {"downgrade", "base"};

std::chrono::microseconds time_of(const Project& project,
                                  const std::vector<std::string>& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = project.revise(arguments);
  REQUIRE_MESSAGE(outcome.status == 0, outcome.errors);
  return std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
}

// A server notices within seconds that a client is gone.
void wait_until_sessions_end(const std::string& url) {
  const auto connection = driver::connect(driver::parse_url(url));
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  std::string left;
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    left = text_of_rows(
        connection->query("SELECT pid, state, query FROM pg_stat_activity WHERE "
                          "application_name LIKE 'revise %'"));
  } while (!left.empty() && std::chrono::steady_clock::now() < end);
  REQUIRE(left == "");
}

// Up and down in turn, each cut off by `cut` at some moment, then finished.
template <typename Cut>
void cut_off_often(const Project& project, const std::string& url, int tries,
                   const Cut& cut) {
  const Known known = fingerprints(project, url, add_every_kind(project));
  const auto span = time_of(project, kUp);
  time_of(project, kDown);
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::uniform_int_distribution<long> moment(0, span.count());
  for (int i = 0; i < tries; ++i) {
    CAPTURE(i);
    const bool is_up = i % 2 == 0;
    Running running(project.command(is_up ? kUp : kDown));
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
    cut(running);
    wait_until_sessions_end(url);
    const auto wrong = off_revision(url, known);
    REQUIRE_MESSAGE(wrong.empty(), wrong);
    const auto again = project.revise(is_up ? kUp : kDown);
    REQUIRE_MESSAGE(again.status == 0, again.errors);
    REQUIRE(fingerprint(url) == (is_up ? known.rbegin()->second : known.at("")));
  }
}

void cut_by_signal(int signal, int tries) {
  const TestDatabase database("postgresql");
  const Project project(database.url());
  cut_off_often(project, database.url(), tries, [signal](Running& running) {
    running.kill(signal);
    const auto outcome = running.wait();
    CHECK_MESSAGE((outcome.status == 0 || outcome.status == 128 + signal),
                  outcome.errors);
  });
}

// A run that lost its server fails with one clear message, or was done by then.
void cut_by_server(Stop stop, int tries) {
  PostgresqlCluster server(PostgresqlCluster::Listen::Socket);
  server.start();
  const Project project(server.url());
  cut_off_often(project, server.url(), tries, [&](Running& running) {
    server.stop(stop);
    const auto outcome = running.wait();
    if (outcome.status != 0) {
      CHECK(outcome.status == 1);
      CHECK_MESSAGE(outcome.errors.find("FAILED: ") != outcome.errors.npos,
                    outcome.errors);
    }
    server.start();
  });
}

}  // namespace

TEST_SUITE("end_to_end/every_kind") {
  TEST_CASE("kill -9 leaves a revision, or what the same command finishes") {
    cut_by_signal(SIGKILL, times(14, 100));
  }

  TEST_CASE("SIGTERM leaves a revision, or what the same command finishes") {
    cut_by_signal(SIGTERM, times(6, 50));
  }

  TEST_CASE("a server that is killed leaves a revision, or what the same finishes") {
    cut_by_server(Stop::Kill, times(6, 50));
  }

  TEST_CASE("a server that ends at once leaves a revision, or what the same finishes") {
    cut_by_server(Stop::Immediate, times(6, 50));
  }

  TEST_CASE("sixteen runs at once apply operations of every kind once") {
    const TestDatabase database("postgresql");
    const Project project(database.url());
    const Known known = fingerprints(project, database.url(), add_every_kind(project));
    for (const auto& arguments : {kUp, kDown}) {
      std::vector<Running> running;
      for (int i = 0; i < 16; ++i) running.emplace_back(project.command(arguments));
      for (auto& run : running) {
        const auto outcome = run.wait();
        CHECK_MESSAGE(outcome.status == 0, outcome.errors);
      }
      CHECK(fingerprint(database.url()) ==
            (arguments == kUp ? known.rbegin()->second : known.at("")));
    }
  }
}

}  // namespace revise::testing
