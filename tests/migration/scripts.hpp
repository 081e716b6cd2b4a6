/// PostgreSQL's own clients over a test's database: a script fed as a person would
/// feed it, and a dump to hold against another.

#pragma once

#include <doctest/doctest.h>

#include <string>

#include "engine/core/process.hpp"
#include "tests/migration/runs.hpp"

namespace revise::testing {

/// Runs the script of the steps from `row` (empty: from base) to the chain's end.
inline void run_script(const TestDatabase& database, const Chain& chain,
                       const std::string& row) {
  const graph::Rows rows = row.empty() ? graph::Rows{} : graph::Rows{row};
  const auto script = migration::render_script({.dialect = database.dialect(),
                                                .rows = rows,
                                                .plan = chain.upgrade(rows),
                                                .units = chain.units()});
  const auto psql = run_process({
      .arguments = {"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database.url()},
      .input = script
  });
  CAPTURE(psql.output);
  REQUIRE(psql.succeeded());
}

/// The schema as pg_dump gives it, without the lines that differ from run to run.
inline std::string schema_dump(const TestDatabase& database) {
  const auto dump = run_process({
      .arguments = {"pg_dump", "--schema-only", "--exclude-table=alembic_version", "-d",
                    database.url()}
  });
  REQUIRE(dump.succeeded());
  std::string text;
  for (const auto& line : split(dump.output, '\n')) {
    const bool is_token =
        line.starts_with("\\restrict") || line.starts_with("\\unrestrict");
    if (!is_token) text += line + "\n";
  }
  return text;
}

}  // namespace revise::testing
