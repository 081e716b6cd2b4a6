/// Several databases in one run: all or none up to the commits, and what is said of
/// those that stay.

#include <doctest/doctest.h>

#include <deque>

#include "tests/migration/runs.hpp"
#include "tests/support/holds.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::CommitMode;
using migration::Run;
using migration::Transactions;

Chain tables(const std::string& second) {
  return {
      {{"a", executes("CREATE TABLE ta (id INTEGER)")}, {"b", executes(second)}}
  };
}

const std::string kGood = "CREATE TABLE tb (id INTEGER)";

// The databases "one", "two", ... with a chain each.
class Several {
 public:
  explicit Several(const std::string& dialect) : dialect_(dialect) {}

  Run& add(const std::string& name, Chain chain) {
    auto& database = databases_.emplace_back(dialect_);
    auto& kept = chains_.emplace_back(std::move(chain));
    runs.push_back(run_of(database, kept));
    runs.back().database = name;
    runs.back().identity = name;
    return runs.back();
  }

  // "done", or what was thrown with its notes.
  std::string outcome(CommitMode mode = CommitMode::OneByOne) const {
    try {
      migration::run_all(runs, mode);
      return "done";
    } catch (const Error& error) {
      return std::string(error.what()) + "\n" + join(error.notes(), "\n");
    }
  }

  // What the version tables hold.
  std::string rows() const {
    std::vector<std::string> all;
    for (const auto& database : databases_) {
      all.push_back(has_table(database, "alembic_version") ? rows_of(database) : "-");
    }
    return join(all, " ");
  }

  const TestDatabase& operator[](std::size_t place) const { return databases_[place]; }

  std::vector<Run> runs;

 private:
  std::string dialect_;
  std::deque<TestDatabase> databases_;
  std::deque<Chain> chains_;
};

template <typename Case>
void for_each_dialect(const Case& run) {
  for (const auto& dialect : dialects_to_test()) {
    CAPTURE(dialect);
    Several several(dialect);
    several.runs.reserve(4);
    run(several);
  }
}

// What keeps the last commit from being done, once all steps are.
void let_commit_fail(Several& several, Run& first, Run& second) {
  if (several[0].dialect() == "sqlite") {
    second.settings.session.foreign_keys = true;
    return;
  }
  first.progress.committed = [&several](const auto&, const auto*) {
    several[1].connect()->execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        "current_database() AND pid <> pg_backend_pid()");
  };
}

const std::string kBrokenAtCommit =
    "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER REFERENCES p "
    "(id) DEFERRABLE INITIALLY DEFERRED)";

}  // namespace

TEST_SUITE("migration/several") {
  TEST_CASE("all steps run on all databases, and only those behind are touched") {
    for_each_dialect([](Several& several) {
      several.add("one", tables(kGood));
      several.add("two", tables(kGood));
      migration::run(several.runs[0]);
      std::vector<std::string> told;
      for (auto& run : several.runs) {
        run.progress.step_begins = [&told, &run](const graph::Step& step) {
          told.push_back(run.database + ":" + step.revision);
        };
      }
      CHECK(several.outcome() == "done");
      CHECK(several.rows() == "b b");
      CHECK(join(told, " ") == "two:a two:b");
      CHECK(several.outcome() == "done");
    });
  }

  TEST_CASE("a step that fails on one leaves all as they were") {
    for_each_dialect([](Several& several) {
      several.add("one", tables(kGood));
      several.add("two", tables("CREATE TABLE ta (id INTEGER)"));
      const auto outcome = several.outcome();
      CHECK(holds(outcome, "ta"));
      CHECK(holds(outcome, "in upgrade a -> b, statement 1 of the step"));
      CHECK(holds(outcome, "in the database two"));
      CHECK(holds(outcome,
                  "database one: no step was committed; the version table "
                  "holds: base\ndatabase two: no step was committed; the "
                  "version table holds: base"));
      CHECK(several.rows() == "- -");
    });
  }

  TEST_CASE("with a transaction a step, what is committed is said of each database") {
    for_each_dialect([](Several& several) {
      several.add("one", tables(kGood)).settings.transactions = Transactions::PerStep;
      several.add("two", tables("CREATE TABLE ta (id INTEGER)")).settings.transactions =
          Transactions::PerStep;
      const auto outcome = several.outcome();
      CHECK(holds(outcome,
                  "database one: committed: upgrade  -> a, upgrade a -> b; the version "
                  "table holds: b\ndatabase two: committed: upgrade  -> a; the version "
                  "table holds: a"));
      CHECK(several.rows() == "b a");
    });
  }

  TEST_CASE("a commit that fails after another says which databases are where") {
    for_each_dialect([](Several& several) {
      auto& first = several.add("one", tables(kGood));
      const bool is_sqlite = several[0].dialect() == "sqlite";
      auto& second = several.add(
          "two",
          tables(is_sqlite ? kBrokenAtCommit + "; INSERT INTO c VALUES (1)" : kGood));
      let_commit_fail(several, first, second);
      const auto outcome = several.outcome();
      CHECK(holds(outcome,
                  "database one: committed: upgrade  -> a, upgrade a -> b; "
                  "the version table holds: b"));
      CHECK(holds(outcome, "database two: no step was committed"));
      CHECK(holds(outcome,
                  "the databases are no longer at one revision; once what is wrong is "
                  "mended, run it again with --database two"));
      CHECK(several.rows() == "b -");
    });
  }

  TEST_CASE("locks are taken in the order of the databases' identities") {
    for_each_dialect([](Several& several) {
      std::vector<std::string> planned;
      several.add("one", tables(kGood)).identity = "z";
      several.add("two", tables(kGood)).identity = "a";
      // The statements that come first are sent as soon as the lock is held.
      for (auto& run : several.runs) {
        run.statements = {"CREATE TABLE " + run.database + " (a INTEGER)"};
      }
      several.runs[0].statements = {"SELECT nothing FROM nowhere"};
      const auto outcome = several.outcome();
      CHECK(holds(outcome, "nowhere"));
      CHECK(holds(outcome, "in the database one"));
      CHECK_FALSE(has_table(several[1], "two"));
    });
  }

  TEST_CASE("one database under two names is refused, however its URL is spelt") {
    if (!tests_dialect("postgresql")) return;
    for (const std::string schema : {"", "public"}) {
      Several several("postgresql");
      several.runs.reserve(2);
      several.add("one", tables(kGood));
      several.add("two", tables(kGood)).connect = several.runs[0].connect;
      for (auto& run : several.runs) run.settings.wait_lock = std::chrono::seconds(0);
      several.runs[1].settings.version_table.schema = schema;
      CHECK(holds(several.outcome(),
                  "the databases 'one' and 'two' are one database with one version "
                  "table"));
      CHECK(several.rows() == "- -");
    }
  }

  TEST_CASE("what comes first runs under the lock and before the version table") {
    for_each_database([](const TestDatabase& database) {
      const Chain chain = tables(kGood);
      auto run = run_of(database, chain);
      run.statements = {"CREATE TABLE first (a INTEGER); INSERT INTO first VALUES (1)"};
      CHECK(outcome_of(run) == "done");
      // Nothing to do: nothing is run.
      CHECK(outcome_of(run) == "done");
      CHECK(database.select("SELECT count(*) FROM first") == "1");
      run.plan = [](const graph::Rows& rows) {
        return graph::Plan{rows, {Chain::step("b", "c")}, {"c"}};
      };
      run.statements = {"COMMIT"};
      CHECK(holds(outcome_of(run),
                  "execute() would end the run's transaction with 'COMMIT'"));
    });
  }
}
