/// Runs of hand-made plans over units that are lambdas, for the runner's tests.

#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <revise/op.hpp>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/offline.hpp"
#include "engine/migration/runner.hpp"
#include "tests/support/test_database.hpp"

namespace revise::testing {

using Unit = std::function<void(Operations& op)>;

/// A chain of revisions, `a` below `b` below ..., in the order of the list.
struct Chain {
  std::vector<std::pair<std::string, Unit>> revisions;

  /// The steps from `rows` (one row or none) up to the last revision.
  graph::Plan upgrade(const graph::Rows& rows) const {
    graph::Plan plan{.before = rows};
    std::string before;
    bool is_above = rows.empty();
    for (const auto& [id, unit] : revisions) {
      if (is_above) plan.steps.push_back(step(before, id));
      is_above = is_above || rows.front() == id;
      before = id;
    }
    plan.after = {before};
    return plan;
  }

  static graph::Step step(const std::string& from, const std::string& to) {
    using Kind = graph::RowChange::Kind;
    graph::Step step{.revision = to, .to = {to}};
    if (!from.empty()) step.from = {from};
    step.changes = {
        {from.empty() ? Kind::Insert : Kind::Update, from, to}
    };
    return step;
  }

  migration::UnitSource units() const {
    return {.ready = [](const auto&) { return true; },
            .prepare = [](const auto&) {},
            .at =
                [this](const graph::RevisionId& id) {
                  for (const auto& [name, unit] : revisions) {
                    if (name == id) return migration::UnitFunctions{unit, unit};
                  }
                  throw UnitError("no unit " + id);
                }};
  }
};

inline migration::Run run_of(const TestDatabase& database, const Chain& chain,
                             const migration::Settings& settings = {}) {
  migration::Run run{.command = "upgrade", .settings = settings};
  run.connect = [&database] { return database.connect(); };
  run.plan = [&chain](const graph::Rows& rows) { return chain.upgrade(rows); };
  run.units = chain.units();
  return run;
}

/// A unit that runs `sql`.
inline Unit executes(const std::string& sql) {
  return [sql](Operations& op) { op.execute(text(sql)); };
}

/// Tables ta and tb, made by the revisions a and b.
inline Chain two_tables() {
  return {
      {{"a", executes("CREATE TABLE ta (id INTEGER)")},
       {"b", executes("CREATE TABLE tb (id INTEGER)")}}
  };
}

/// What a run threw, as "message | note | note"; "done" when it did not.
inline std::string outcome_of(const migration::Run& run) {
  try {
    migration::run(run);
    return "done";
  } catch (const Error& error) {
    std::string told = error.what();
    for (const auto& note : error.notes()) told += " | " + note;
    return told;
  }
}

/// The number of steps that a run took; -1, and the reason printed, when it failed.
inline int steps_of(const migration::Run& run) {
  try {
    return static_cast<int>(migration::run(run).steps.size());
  } catch (const Error& error) {
    MESSAGE(error.what() << " | " << join(error.notes(), " | "));
    return -1000;
  }
}

inline std::string rows_of(const TestDatabase& database) {
  return database.select("SELECT version_num FROM alembic_version ORDER BY 1");
}

/// Whether a table of that name is there.
inline bool has_table(const TestDatabase& database, const std::string& name) {
  return database.select(
             database.dialect() == "sqlite"
                 ? "SELECT count(*) FROM sqlite_master WHERE name = '" + name + "'"
                 : "SELECT count(*) FROM pg_class WHERE relname = '" + name + "'") ==
         "1";
}

template <typename Case>
void for_each_database(const Case& run) {
  for (const auto& dialect : dialects_to_test()) {
    CAPTURE(dialect);
    const TestDatabase database(dialect);
    run(database);
  }
}

}  // namespace revise::testing
