#include <doctest/doctest.h>

#include <csignal>

#include "engine/driver/url.hpp"
#include "tests/end_to_end/chain.hpp"
#include "tests/support/holds.hpp"
#include "tests/support/statement_proxy.hpp"

// Two PostgreSQL databases committed all or none, also when the run is killed, or loses
// a server, at any of the statements that do it.

namespace revise::testing {
namespace {

constexpr int kRevisions = 2;
constexpr std::size_t kPlaces[] = {0, 1};
constexpr const char* kPrepare = "PREPARE TRANSACTION";
constexpr const char* kCommit = "COMMIT PREPARED";

// The databases "one" and "two", each behind a proxy of its own.
class Two {
 public:
  Two() : project_("sqlite://") {
    write_text(project_.path() + "/alembic.ini",
               "[alembic]\nscript_location = %(here)s\ndatabases = one, two\n[one]\n"
               "sqlalchemy.url = " +
                   proxied(0) + "\n[two]\nsqlalchemy.url = " + proxied(1) +
                   "\n[revise]\ntwophase = true\n");
    add_chain(project_, kRevisions, ChainWork::Plain);
    REQUIRE(project_.revise({"build"}).status == 0);
  }

  const Project& project() const { return project_; }
  StatementProxy& proxy(std::size_t place) { return proxies_[place]; }

  void run(const std::vector<std::string>& words) const {
    const auto outcome = project_.revise(words);
    REQUIRE_MESSAGE(outcome.status == 0, outcome.errors);
  }

  // How many revisions have run on both; -1: not as many, or something is amiss.
  int revisions() const {
    for (const auto& database : databases_) {
      const auto wrong = off_boundary(database, kRevisions);
      if (!wrong.empty()) MESSAGE(wrong);
      if (!wrong.empty()) return -1;
    }
    const int first = revisions_run(databases_[0]);
    return revisions_run(databases_[1]) == first ? first : -1;
  }

  std::string prepared() const {
    return databases_[0].select(
        "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()");
  }

 private:
  static std::string socket_of(const TestDatabase& database) {
    return driver::parse_url(database.url()).hosts.at(0).name + "/.s.PGSQL.5432";
  }
  std::string proxied(std::size_t place) const {
    const auto url = driver::parse_url(databases_[place].url());
    return "postgresql://" + url.user + "@/" + url.database +
           "?host=" + proxies_[place].folder();
  }

  TestDatabase databases_[2] = {TestDatabase("postgresql"), TestDatabase("postgresql")};
  StatementProxy proxies_[2] = {StatementProxy(socket_of(databases_[0])),
                                StatementProxy(socket_of(databases_[1]))};
  Project project_;
};

struct Moment {
  std::size_t place;
  std::string words;
  HoldBack what;

  std::string name() const {
    return words + (what == HoldBack::Answer ? " done" : " not done") + " on " +
           std::to_string(place);
  }
  // Whether it was then decided that all are committed.
  bool is_decided() const {
    return words == kCommit && (place == 1 || what == HoldBack::Answer);
  }
};

std::vector<Moment> all_moments() {
  std::vector<Moment> moments;
  for (const auto place : kPlaces) {
    for (const std::string words : {kPrepare, kCommit}) {
      for (const auto what : {HoldBack::Statement, HoldBack::Answer}) {
        moments.push_back({place, words, what});
      }
    }
  }
  return moments;
}

// ensure_version takes no step: it ends what was left, and nothing else.
void kill_everywhere(const std::vector<std::string>& words, int before, int after) {
  Two two;
  for (const auto& moment : all_moments()) {
    CAPTURE(moment.name());
    two.run(before == 0 ? std::vector<std::string>{"downgrade", "base"}
                        : std::vector<std::string>{"upgrade", "head"});
    two.proxy(moment.place).stop_at(moment.words, moment.what);
    Running running(two.project().command(words));
    REQUIRE(two.proxy(moment.place).wait_until_stopped());
    running.kill(SIGKILL);
    REQUIRE(running.wait().status == 128 + SIGKILL);
    two.run({"ensure_version"});
    CHECK(two.revisions() == (moment.is_decided() ? after : before));
    CHECK(two.prepared() == "0");
  }
}

}  // namespace

TEST_SUITE("end_to_end/two_phase") {
  TEST_CASE(
      "kill -9 between the phases of an upgrade leaves both before or both after") {
    kill_everywhere({"upgrade", "head"}, 0, kRevisions);
  }

  TEST_CASE(
      "kill -9 between the phases of a downgrade leaves both before or both after") {
    kill_everywhere({"downgrade", "base"}, kRevisions, 0);
  }

  TEST_CASE("an answer that is lost between the phases is asked for again") {
    Two two;
    two.run({"upgrade", "head"});
    for (const auto& moment : all_moments()) {
      CAPTURE(moment.name());
      two.proxy(moment.place).stop_at(moment.words, moment.what);
      Running running(two.project().command({"downgrade", "base"}));
      REQUIRE(two.proxy(moment.place).wait_until_stopped());
      two.proxy(moment.place).cut();
      const auto outcome = running.wait();
      const bool is_done = moment.words == kCommit;
      CHECK_MESSAGE(outcome.status == (is_done ? 0 : 1), outcome.errors);
      CHECK(holds(outcome.errors, is_done ? "the answer to COMMIT PREPARED was lost"
                                          : "FAILED: the connection to the server"));
      CHECK(two.revisions() == (is_done ? 0 : kRevisions));
      CHECK(two.prepared() == "0");
      two.run({"upgrade", "head"});
    }
  }
}

}  // namespace revise::testing
