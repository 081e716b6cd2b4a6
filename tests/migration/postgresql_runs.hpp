/// Runs on a server, for the tests of what only PostgreSQL does.

#pragma once

#include <string>
#include <vector>

#include "tests/migration/runs.hpp"
#include "tests/support/holds.hpp"

namespace revise::testing {

/// Units `a`, `b`, ... that run a text each.
inline Chain chain_of(const std::vector<std::string>& statements) {
  Chain chain;
  for (const auto& sql : statements) {
    chain.revisions.emplace_back(
        std::string(1, static_cast<char>('a' + chain.revisions.size())), executes(sql));
  }
  return chain;
}

/// Calls `run` with an empty database, where PostgreSQL is tested.
template <typename Case>
void on_postgresql(const Case& run) {
  if (!tests_dialect("postgresql")) return;
  const TestDatabase database("postgresql");
  run(database);
}

}  // namespace revise::testing
