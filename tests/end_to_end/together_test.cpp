#include <doctest/doctest.h>

#include <filesystem>
#include <vector>

#include "tests/end_to_end/chain.hpp"
#include "tests/support/postgresql_server.hpp"

// Many runs at once on one database: each revision is applied once, all succeed.

namespace revise::testing {
namespace {

constexpr int kRuns = 16;
constexpr int kRevisions = 8;

void run_together(const Project& project, const TestDatabase& database) {
  std::vector<Running> running;
  for (int i = 0; i < kRuns; ++i) {
    running.emplace_back(project.command({"upgrade", "head"}));
  }
  for (auto& run : running) {
    const auto outcome = run.wait();
    CHECK_MESSAGE(outcome.status == 0, outcome.errors);
  }
  CHECK(revisions_run(database) == kRevisions);
  const auto wrong = off_boundary(database, kRevisions);
  CHECK_MESSAGE(wrong.empty(), wrong);
}

// First with nothing built, then from the cache that this left.
void run_cold_and_warm(const std::string& dialect, ChainWork work,
                       const std::string& prepare) {
  const TestDatabase database(dialect);
  if (!prepare.empty()) database.connect()->execute(prepare);
  const Project project(database.url());
  add_chain(project, kRevisions, work);
  run_together(project, database);
  CHECK(std::filesystem::exists(project.path() + "/.revise"));
  const auto down = project.revise({"downgrade", "base"});
  REQUIRE_MESSAGE(down.status == 0, down.errors);
  run_together(project, database);
}

const char* const kRepeatableRead =
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = "
    "''repeatable read''', current_database()); END $$";

}  // namespace

TEST_SUITE("end_to_end/together") {
  TEST_CASE("sixteen runs at once on SQLite apply each revision once") {
    run_cold_and_warm("sqlite", ChainWork::Plain, "");
  }

  TEST_CASE("sixteen runs at once on PostgreSQL apply each revision once") {
    run_cold_and_warm("postgresql", ChainWork::Plain, "");
  }

  TEST_CASE("sixteen runs at once bear transactions that keep their snapshot") {
    run_cold_and_warm("postgresql", ChainWork::Plain, kRepeatableRead);
  }

  TEST_CASE("sixteen runs at once do not lock each other out of a concurrent index") {
    run_cold_and_warm("postgresql", ChainWork::Concurrently, "");
  }

  TEST_CASE("sixteen runs at once through a transaction pooler apply each once") {
    const TestDatabase database("postgresql");
    const Project project(PostgresqlServer::instance().pooled(database.url()));
    add_chain(project, kRevisions, ChainWork::Plain);
    run_together(project, database);
  }

  TEST_CASE("what needs a session is refused through a pooler, with the way out") {
    const TestDatabase database("postgresql");
    const Project project(PostgresqlServer::instance().pooled(database.url()));
    add_chain(project, kRevisions, ChainWork::Concurrently);
    const auto outcome = project.revise({"upgrade", "head"});
    CHECK(outcome.status == 1);
    CHECK_MESSAGE(outcome.errors.find("FAILED: ") != outcome.errors.npos,
                  outcome.errors);
    CHECK_MESSAGE(outcome.errors.find("pooler") != outcome.errors.npos, outcome.errors);
    CHECK_MESSAGE(outcome.errors.find("a URL that leads to the server itself") !=
                      outcome.errors.npos,
                  outcome.errors);
    // Before anything has run, though four revisions come first.
    CHECK(revisions_run(database) == 0);
    CHECK_MESSAGE(
        outcome.errors.find("as upgrade r03 -> r04 has") != outcome.errors.npos,
        outcome.errors);
    const Project direct(database.url());
    add_chain(direct, kRevisions, ChainWork::Concurrently);
    const auto again = direct.revise({"upgrade", "head"});
    CHECK_MESSAGE(again.status == 0, again.errors);
  }
}

}  // namespace revise::testing
