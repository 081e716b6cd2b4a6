/// Runs on a server, for the tests of what only PostgreSQL does.

#pragma once

#include <string>
#include <vector>

#include "tests/migration/runs.hpp"

namespace revise::testing {

/// Whether `part` is in `text`, which is printed when it is not.
inline bool holds(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

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
