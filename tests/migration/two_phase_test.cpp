/// Several PostgreSQL databases committed all or none, also when a run is cut off in
/// between.

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/migration/pair.hpp"
#include "tests/support/holds.hpp"
#include "tests/support/postgresql_server.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::CommitMode;
using Moment = Cut::Moment;
using Loss = Cut::Loss;

const std::vector<std::string> kEnds = {"PREPARE TRANSACTION", "COMMIT PREPARED",
                                        "ROLLBACK PREPARED"};

std::string name_of(const Cut& cut) {
  return std::string(cut.moment == Moment::Before ? "before" : "after") + " " +
         std::to_string(cut.nth) +
         (cut.loss == Loss::Connection ? " connection"
          : cut.loss == Loss::Server   ? " server"
                                       : " process");
}

// Each way to be cut off at the `nth` statement that ends a transaction.
std::vector<Cut> cuts_at(int nth) {
  std::vector<Cut> cuts;
  for (const auto moment : {Moment::Before, Moment::After}) {
    for (const auto loss : {Loss::Connection, Loss::Server, Loss::Process}) {
      cuts.push_back({.words = kEnds, .nth = nth, .moment = moment, .loss = loss});
    }
  }
  return cuts;
}

bool agrees(const Pair& pair) {
  const auto state = pair.state();
  return state == "none none 0" || state == "table table 0";
}

// Whether the run was cut off at all; then, once all is well again, both databases
// must be where they were or where they were to go.
bool survives(Pair& pair, const Cut& cut) {
  CAPTURE(name_of(cut));
  pair.cutter.plan(cut);
  const auto outcome = pair.outcome();
  CAPTURE(outcome);
  const bool has_struck = pair.cutter.has_struck();
  pair.cutter.mend();
  if (outcome == "done") CHECK(pair.state() == "table table 0");
  CHECK(pair.look_again() == "done");
  CHECK_MESSAGE(agrees(pair), pair.state());
  pair.clear();
  return has_struck;
}

// Through a login that may do nothing but take the role `role`.
void work_as_another(Pair& pair, const std::string& role) {
  PostgresqlServer::instance().execute("CREATE ROLE " + role + "; CREATE ROLE " + role +
                                       "_login LOGIN IN ROLE " + role);
  for (std::size_t i = 0; i < 2; ++i) {
    pair[i].connect()->execute("GRANT ALL ON SCHEMA public TO " + role);
    pair.runs[i].settings.session.role = role;
    pair.runs[i].connect = [&pair, i, role] {
      auto url = driver::parse_url(pair[i].url());
      url.user = role + "_login";
      return std::make_unique<CutOff>(driver::connect(url), pair.cutter, i);
    };
  }
}

}  // namespace

TEST_SUITE("migration/two_phase") {
  TEST_CASE("two databases that agree are both committed") {
    if (!tests_dialect("postgresql")) return;
    const Pair pair;
    CHECK(pair.outcome() == "done");
    CHECK(pair.state() == "table table 0");
    CHECK(pair.outcome() == "done");
  }

  TEST_CASE("one that cannot be prepared leaves none committed, and is named") {
    if (!tests_dialect("postgresql")) return;
    for (const std::size_t place : {0U, 1U}) {
      const std::string texts[] = {Pair::kMakesTable, "CREATE TEMP TABLE t (a int)"};
      const Pair pair(texts[1 - place], texts[place]);
      const auto outcome = pair.outcome();
      CAPTURE(outcome);
      CHECK(holds(outcome, "temporary"));
      CHECK(holds(outcome, place == 0 ? "in the database one" : "in the database two"));
      CHECK(pair.state() == "none none 0");
    }
  }

  TEST_CASE("version rows that a unit changed are told of the right database") {
    if (!tests_dialect("postgresql")) return;
    const Pair pair(
        "CREATE OR REPLACE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN "
        "NEW.version_num := 'zzzz'; RETURN NEW; END $$; CREATE TRIGGER more BEFORE "
        "INSERT ON alembic_version FOR EACH ROW EXECUTE FUNCTION more()");
    const auto outcome = pair.outcome();
    CHECK(holds(outcome, "a unit changed the version table"));
    CHECK_MESSAGE(holds(outcome, "in the database one"), outcome);
    CHECK(pair.state() == "none none 0");
  }

  TEST_CASE("wherever a run is cut off, both databases end up at the same place") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    bool has_struck = true;
    for (int nth = 1; has_struck; ++nth) {
      has_struck = false;
      for (const auto& cut : cuts_at(nth)) has_struck |= survives(pair, cut);
    }
  }

  TEST_CASE("what is cut off while it ends what was left is ended by the next run") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    for (int first = 1; first <= 4; ++first) {
      for (const auto& cut : cuts_at(first)) {
        for (const auto again : {Moment::Before, Moment::After}) {
          pair.cutter.plan(cut);
          pair.outcome();
          const Cut second{
              .words = kEnds, .nth = 1, .moment = again, .loss = Loss::Process};
          pair.cutter.plan(second);
          pair.look_again();
          pair.cutter.mend();
          CAPTURE(name_of(cut));
          CHECK(pair.look_again() == "done");
          CHECK_MESSAGE(agrees(pair), pair.state());
          pair.clear();
        }
      }
    }
  }

  TEST_CASE("a lost answer to PREPARE TRANSACTION leads to none committed") {
    if (!tests_dialect("postgresql")) return;
    for (const auto loss : {Loss::Connection, Loss::Server}) {
      Pair pair;
      pair.cutter.plan({.words = {"PREPARE TRANSACTION"},
                        .place = 1,
                        .moment = Moment::After,
                        .loss = loss});
      const auto outcome = pair.outcome();
      CAPTURE(outcome);
      CHECK(holds(outcome, "in the database two"));
      const bool is_left = loss == Loss::Server;
      CHECK(pair.state() == (is_left ? "none none 1" : "none none 0"));
      CHECK(holds(outcome, "may be left prepared as 'revise:") == is_left);
      pair.cutter.mend();
      CHECK(pair.look_again() == "done");
      CHECK(pair.state() == "none none 0");
      CHECK(holds(pair.told, "its part in the database two was rolled back now") ==
            is_left);
    }
  }

  TEST_CASE("a lost first COMMIT PREPARED is settled over a new connection") {
    if (!tests_dialect("postgresql")) return;
    for (const auto moment : {Moment::Before, Moment::After}) {
      Pair pair;
      pair.cutter.plan({.words = {"COMMIT PREPARED"}, .place = 0, .moment = moment});
      CHECK(pair.outcome() == "done");
      CHECK(holds(pair.told, "the answer to COMMIT PREPARED was lost"));
      CHECK(pair.state() == "table table 0");
    }
  }

  TEST_CASE(
      "a first COMMIT PREPARED that cannot be settled leaves it to the next run") {
    if (!tests_dialect("postgresql")) return;
    for (const auto moment : {Moment::Before, Moment::After}) {
      Pair pair;
      pair.cutter.plan({.words = {"COMMIT PREPARED"},
                        .place = 0,
                        .moment = moment,
                        .loss = Loss::Server});
      const auto outcome = pair.outcome();
      CAPTURE(outcome);
      CHECK(holds(outcome, "database one: whether it was committed is not known"));
      CHECK(holds(outcome, "database two: left prepared as 'revise:"));
      CHECK_FALSE(holds(outcome, "--database"));
      pair.cutter.mend();
      CHECK(pair.look_again() == "done");
      CHECK(pair.state() ==
            (moment == Moment::Before ? "none none 0" : "table table 0"));
    }
  }

  TEST_CASE("what a run that was cut off had begun to commit, the next one commits") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    pair.cutter.plan({.words = {"COMMIT PREPARED"}, .place = 1, .loss = Loss::Server});
    const auto outcome = pair.outcome();
    CAPTURE(outcome);
    CHECK(holds(outcome, "in the database two"));
    CHECK(holds(outcome, "database one: committed: upgrade  -> a"));
    CHECK(holds(outcome, "database two: left prepared as 'revise:"));
    CHECK(holds(outcome, "which the next run commits"));
    CHECK_FALSE(holds(outcome, "--database"));
    CHECK(pair.state() == "table none 1");
    pair.cutter.mend();
    CHECK(pair.outcome() == "done");
    CHECK(holds(pair.told, "its part in the database two was committed now"));
    CHECK(pair.state() == "table table 0");
  }

  TEST_CASE("what a run that was cut off had not begun to commit is rolled back") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    pair.cutter.plan({.words = {"COMMIT PREPARED"}, .loss = Loss::Process});
    pair.outcome();
    CHECK(pair.state() == "none none 2");
    pair.cutter.mend();
    CHECK(pair.outcome() == "done");
    CHECK(holds(pair.told, "its part in the database one was rolled back now"));
    CHECK(holds(pair.told, "its part in the database two was rolled back now"));
    CHECK(pair.state() == "table table 0");
  }

  TEST_CASE("a role other than the login's commits, and ends what was left") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    work_as_another(pair, "two_phase_" + std::to_string(getpid()));
    pair.cutter.plan({.words = {"COMMIT PREPARED"}, .place = 1, .loss = Loss::Process});
    pair.outcome();
    CHECK(pair.state() == "table none 1");
    pair.cutter.mend();
    CHECK(pair.outcome() == "done");
    CHECK(holds(pair.told, "its part in the database two was committed now"));
    CHECK(pair.state() == "table table 0");
    pair.clear();
    CHECK(pair.outcome() == "done");
    CHECK(pair.state() == "table table 0");
  }

  TEST_CASE("a server that does not tell which it is does for two phases") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    work_as_another(pair, "nosy_" + std::to_string(getpid()));
    for (std::size_t i = 0; i < 2; ++i) {
      pair[i].connect()->execute(
          "REVOKE EXECUTE ON FUNCTION pg_control_system, pg_postmaster_start_time FROM "
          "PUBLIC");
    }
    pair.cutter.plan({.words = {"COMMIT PREPARED"}, .place = 1, .loss = Loss::Process});
    pair.outcome();
    pair.cutter.mend();
    CHECK(holds(Pair::outcome_of({pair.runs[1]}), "run it again for all databases"));
    CHECK(pair.outcome() == "done");
    CHECK(pair.state() == "table table 0");
  }
}
