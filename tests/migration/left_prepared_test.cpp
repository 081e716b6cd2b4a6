/// What an earlier run left prepared, and who may prepare at all.

#include <doctest/doctest.h>

#include <utility>

#include "tests/migration/pair.hpp"
#include "tests/support/holds.hpp"
#include "tests/support/postgresql_cluster.hpp"
#include "tests/support/postgresql_server.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::CommitMode;
using migration::Locking;
using migration::Run;
using Loss = Cut::Loss;

// One alone, as --database has it.
std::string alone(const Pair& pair, std::size_t place) {
  return Pair::outcome_of({pair.runs[place]});
}

void leave(Pair& pair, std::size_t place) {
  pair.cutter.plan(
      {.words = {"COMMIT PREPARED"}, .place = place, .loss = Loss::Process});
  pair.outcome();
  pair.cutter.mend();
  pair.told.clear();
  for (auto& run : pair.runs) run.settings.wait_lock = std::chrono::seconds(0);
}

}  // namespace

TEST_SUITE("migration/left_prepared") {
  TEST_CASE(
      "a run on one of the databases alone ends its part, where that is certain") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    leave(pair, 1);
    CHECK(alone(pair, 1) == "done");
    CHECK(holds(pair.told, "its part in the database two was committed now"));
    CHECK(pair.state() == "table table 0");
  }

  TEST_CASE("a run without two phases ends what was left there too") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    leave(pair, 1);
    CHECK(outcome_of(pair.runs[1]) == "done");
    CHECK(holds(pair.told, "its part in the database two was committed now"));
    CHECK(pair.state() == "table table 0");
  }

  TEST_CASE("what is not decided yet is not decided by one of the others alone") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    leave(pair, 0);
    const auto outcome = alone(pair, 1);
    CAPTURE(outcome);
    CHECK(holds(outcome, "left 'revise:"));
    CHECK(holds(outcome, "run it again for all databases"));
    CHECK(holds(outcome, "ROLLBACK PREPARED 'revise:"));
    CHECK(holds(outcome, "in the database two"));
    CHECK(holds(outcome, "no step was committed"));
    CHECK(pair.state() == "none none 2");
    CHECK(alone(pair, 0) == "done");
    CHECK(alone(pair, 1) == "done");
    CHECK(pair.state() == "table table 0");
  }

  TEST_CASE("what only another server knows is not guessed without it") {
    if (!tests_dialect("postgresql")) return;
    PostgresqlCluster other(PostgresqlCluster::Listen::Socket);
    other.start({"max_prepared_transactions=4"});
    Pair pair;
    pair.runs[0].connect = [&] {
      return std::make_unique<CutOff>(driver::connect(driver::parse_url(other.url())),
                                      pair.cutter, 0);
    };
    leave(pair, 1);
    const auto first = std::exchange(pair.runs[0].identity, "spelt otherwise");
    for (const auto& outcome : {alone(pair, 1), pair.outcome()}) {
      CAPTURE(outcome);
      CHECK(holds(outcome, "run it again for all databases"));
      CHECK(holds(outcome, "was committed COMMIT PREPARED 'revise:"));
      CHECK(holds(outcome, "else ROLLBACK PREPARED 'revise:"));
      CHECK(pair.prepared() == "1");
    }
    pair.runs[0].identity = first;
    other.start({"max_prepared_transactions=4"});
    CHECK(pair.outcome() == "done");
    CHECK(has_table(pair[1], "ta"));
  }

  // Somebody works on the first alone, and nobody waits for the other's session.
  TEST_CASE("what is prepared after the others were rolled back is rolled back too") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    pair.cutter.plan({.words = {"PREPARE TRANSACTION"},
                      .place = 1,
                      .moment = Cut::Moment::Late,
                      .loss = Loss::Process});
    pair.outcome();
    pair.cutter.mend();
    CHECK(pair.state() == "none none 1");
    CHECK(alone(pair, 0) == "done");
    CHECK(pair.state() == "table none 0");
    pair.cutter.deliver();
    CHECK(pair.state() == "table none 1");
    CHECK(pair.look_again() == "done");
    CHECK(holds(pair.told, "its part in the database two was rolled back now"));
    CHECK(pair.state() == "table none 0");
  }

  TEST_CASE("two phases are refused without a lock that outlives a transaction") {
    if (!tests_dialect("postgresql")) return;
    for (const auto locking : {Locking::Transaction, Locking::None}) {
      Pair pair;
      pair.runs[1].settings.locking = locking;
      CHECK(holds(pair.outcome(),
                  "twophase = true needs lock = true, and the database 'two' is run "
                  "without"));
      CHECK(pair.state() == "none none 0");
    }
  }

  TEST_CASE("two phases are refused behind a transaction pooler") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    const auto url = PostgresqlServer::instance().pooled(pair[1].url());
    pair.runs[1].connect = [&] { return driver::connect(driver::parse_url(url)); };
    CHECK(
        holds(pair.outcome(), "a transaction pooler stands before the database 'two'"));
    CHECK(pair.state() == "none none 0");
  }

  TEST_CASE("what was left is told where it cannot be ended") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    leave(pair, 1);
    auto run = pair.runs[1];
    run.settings.locking = Locking::Transaction;
    CHECK(holds(outcome_of(run), "run it once with lock = true"));
    const auto url = PostgresqlServer::instance().pooled(pair[1].url());
    run.settings.locking = Locking::Session;
    run.connect = [&] { return driver::connect(driver::parse_url(url)); };
    CHECK(holds(outcome_of(run), "run it once with the server's own URL"));
    CHECK(pair.state() == "table none 1");
    CHECK(pair.outcome() == "done");
  }

  TEST_CASE("a transaction that bears our name and is none of ours is told") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    leave(pair, 1);
    const auto gid = pair[1].select("SELECT gid FROM pg_prepared_xacts");
    pair[1].connect()->execute("ROLLBACK PREPARED '" + gid + "'");
    const auto odd = gid.substr(0, gid.find(':', 10) + 1) + "odd";
    pair[1].connect()->execute(
        "BEGIN; CREATE TABLE odd (a int); PREPARE TRANSACTION '" + odd + "'");
    CHECK(holds(pair.outcome(), "ROLLBACK PREPARED '" + odd + "'"));
    pair[1].connect()->execute("ROLLBACK PREPARED '" + odd + "'");
  }

  TEST_CASE("two phases are for PostgreSQL alone") {
    if (!tests_dialect("sqlite")) return;
    const TestDatabase database("sqlite");
    const Chain chain;
    auto run = run_of(database, chain);
    run.database = "one";
    CHECK_THROWS_WITH_AS(
        migration::run_all({run, run}, CommitMode::TwoPhase),
        "twophase = true is for PostgreSQL alone, and the database 'one' is none; set "
        "it to false",
        ConfigError);
  }
}
