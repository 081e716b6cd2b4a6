/// Two PostgreSQL databases that are committed all or none, and what they hold.

#pragma once

#include <string>
#include <vector>

#include "tests/migration/cut_off.hpp"
#include "tests/migration/runs.hpp"

namespace revise::testing {

/// The databases "one" and "two", each with the revision "a", which makes a table "ta".
class Pair {
 public:
  explicit Pair(const std::string& first = kMakesTable,
                const std::string& second = kMakesTable) {
    chains_ = {{{{"a", executes(first)}}}, {{{"a", executes(second)}}}};
    for (std::size_t i = 0; i < 2; ++i) {
      auto run = run_of(databases_[i], chains_[i]);
      run.database = i == 0 ? "one" : "two";
      run.identity = run.database;
      run.connect = [this, i] {
        return std::make_unique<CutOff>(databases_[i].connect(), cutter, i);
      };
      run.progress.notice = [this](std::string_view line) {
        told += std::string(line) + "\n";
      };
      runs.push_back(run);
    }
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  static constexpr const char* kMakesTable = "CREATE TABLE ta (id INTEGER)";

  /// "done", or what was thrown with its notes.
  std::string outcome() const { return outcome_of(runs); }

  static std::string outcome_of(const std::vector<migration::Run>& runs) {
    try {
      migration::run_all(runs, migration::CommitMode::TwoPhase);
      return "done";
    } catch (const Error& error) {
      return std::string(error.what()) + "\n" + join(error.notes(), "\n");
    }
  }

  /// A run that has no step to take, and thus does nothing but to end what was left.
  std::string look_again() const {
    auto looking = runs;
    for (auto& run : looking) {
      run.plan = [](const graph::Rows& rows) { return graph::Plan{rows, {}, rows}; };
    }
    return outcome_of(looking);
  }

  /// Which of the two tables are there, and how many transactions are prepared.
  std::string state() const {
    std::string text;
    for (const auto& database : databases_) {
      text += has_table(database, "ta") ? "table " : "none ";
    }
    return text + prepared();
  }

  std::string prepared() const {
    return databases_[0].select(
        "SELECT count(*) FROM pg_prepared_xacts WHERE database IN ('" + name(0) +
        "', '" + name(1) + "')");
  }

  /// As it was at first.
  void clear() const {
    for (const auto& database : databases_) {
      database.connect()->execute("DROP TABLE IF EXISTS ta, alembic_version");
    }
  }

  const TestDatabase& operator[](std::size_t place) const { return databases_[place]; }

  Cutter cutter;
  std::vector<migration::Run> runs;
  std::string told;

 private:
  std::string name(std::size_t place) const {
    return databases_[place].select("SELECT current_database()");
  }

  TestDatabase databases_[2] = {TestDatabase("postgresql"), TestDatabase("postgresql")};
  std::vector<Chain> chains_;
};

}  // namespace revise::testing
