/// Several PostgreSQL databases committed all or none, also when a run is cut off in
/// between.

#include <doctest/doctest.h>

#include "tests/migration/runs.hpp"
#include "tests/support/holds.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::CommitMode;
using migration::Run;

// A connection that is lost as soon as a statement begins with one of `fatal`: where a
// run was cut off. No server can be made to lose it there and nowhere else.
class CutOff final : public driver::Connection {
 public:
  CutOff(std::unique_ptr<driver::Connection> real, std::vector<std::string> fatal)
      : real_(std::move(real)), fatal_(std::move(fatal)) {}

  std::string_view dialect() const override { return real_->dialect(); }
  void execute(std::string_view statements) override {
    for (const auto& word : fatal_) {
      if (statements.starts_with(word)) {
        throw DatabaseError("the connection was lost", {.connection_lost = true});
      }
    }
    real_->execute(statements);
  }
  driver::Result query(std::string_view statement,
                       std::span<const driver::Value> parameters) override {
    return real_->query(statement, parameters);
  }
  driver::Result batch(std::string_view statements) override {
    return real_->batch(statements);
  }
  void execute_many(std::string_view statement,
                    std::span<const driver::Row> rows) override {
    real_->execute_many(statement, rows);
  }
  bool in_transaction() const override { return real_->in_transaction(); }
  const driver::TransactionEnds& transaction_ends() const override {
    return real_->transaction_ends();
  }
  std::int64_t backend_pid() const override { return real_->backend_pid(); }
  void cancel() noexcept override { real_->cancel(); }

 private:
  std::unique_ptr<driver::Connection> real_;
  std::vector<std::string> fatal_;
};

class Pair {
 public:
  explicit Pair(const std::string& second = "CREATE TABLE ta (id INTEGER)") {
    chains_ = {{{{"a", executes("CREATE TABLE ta (id INTEGER)")}}},
               {{{"a", executes(second)}}}};
    for (std::size_t i = 0; i < 2; ++i) {
      auto run = run_of(databases_[i], chains_[i]);
      run.database = i == 0 ? "one" : "two";
      run.identity = run.database;
      run.progress.notice = [this](std::string_view line) {
        told += std::string(line) + "\n";
      };
      runs.push_back(run);
    }
  }

  void cut_off(std::size_t place, const std::vector<std::string>& fatal) {
    runs[place].connect = [this, place, fatal] {
      return std::make_unique<CutOff>(databases_[place].connect(), fatal);
    };
  }
  void mend() {
    for (std::size_t i = 0; i < 2; ++i) {
      runs[i].connect = [this, i] { return databases_[i].connect(); };
    }
  }

  std::string outcome() const {
    try {
      migration::run_all(runs, CommitMode::TwoPhase);
      return "done";
    } catch (const Error& error) {
      return std::string(error.what()) + "\n" + join(error.notes(), "\n");
    }
  }

  // Which of the two tables are there, and how many transactions are prepared.
  std::string state() const {
    std::string text;
    for (const auto& database : databases_) {
      text += has_table(database, "ta") ? "table " : "none ";
    }
    return text + databases_[0].select("SELECT count(*) FROM pg_prepared_xacts");
  }

  std::vector<Run> runs;
  std::string told;

 private:
  TestDatabase databases_[2] = {TestDatabase("postgresql"), TestDatabase("postgresql")};
  std::vector<Chain> chains_;
};

}  // namespace

TEST_SUITE("migration/two_phase") {
  TEST_CASE("two databases that agree are both committed") {
    if (!tests_dialect("postgresql")) return;
    const Pair pair;
    CHECK(pair.outcome() == "done");
    CHECK(pair.state() == "table table 0");
    CHECK(pair.outcome() == "done");
  }

  TEST_CASE("one that cannot be prepared leaves none committed") {
    if (!tests_dialect("postgresql")) return;
    const Pair pair("CREATE TEMP TABLE t (a int)");
    CHECK(holds(pair.outcome(), "temporary"));
    CHECK(pair.state() == "none none 0");
  }

  TEST_CASE("what a run that was cut off had begun to commit, the next one commits") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    pair.cut_off(1, {"COMMIT PREPARED"});
    const auto outcome = pair.outcome();
    CHECK(holds(outcome, "the next run on them commits the rest"));
    CHECK(holds(outcome, "database one: committed: upgrade  -> a"));
    CHECK(pair.state() == "table none 1");
    pair.mend();
    CHECK(pair.outcome() == "done");
    CHECK(holds(pair.told, "its part in the database two was committed now"));
    CHECK(pair.state() == "table table 0");
  }

  TEST_CASE("what a run that was cut off had not begun to commit is rolled back") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    pair.cut_off(0, {"ROLLBACK PREPARED"});
    pair.cut_off(1, {"PREPARE TRANSACTION"});
    CHECK(holds(pair.outcome(), "the next run on the same databases rolls it back"));
    CHECK(pair.state() == "none none 1");
    pair.mend();
    CHECK(pair.outcome() == "done");
    CHECK(holds(pair.told, "its part in the database one was rolled back now"));
    CHECK(pair.state() == "table table 0");
  }

  TEST_CASE("a run on one of the databases alone does not guess") {
    if (!tests_dialect("postgresql")) return;
    Pair pair;
    pair.cut_off(1, {"COMMIT PREPARED"});
    pair.outcome();
    pair.mend();
    const auto first = pair.runs.front();
    pair.runs.erase(pair.runs.begin());
    CHECK(holds(pair.outcome(), "run it again for all databases"));
    pair.runs.insert(pair.runs.begin(), first);
    CHECK(pair.outcome() == "done");
    CHECK(pair.state() == "table table 0");
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
