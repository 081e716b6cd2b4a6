/// The same cases over every driver.

#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "engine/core/error.hpp"
#include "tests/support/test_database.hpp"

namespace revise::testing {

/// The `number`-th parameter of a statement, from 1.
inline std::string placeholder(const driver::Connection& connection,
                               std::size_t number) {
  return (connection.dialect() == "sqlite" ? "?" : "$") + std::to_string(number);
}

/// Calls `run(database, connection)` with a fresh database of each dialect.
template <typename Case>
void for_each_dialect(const Case& run) {
  for (const auto& dialect : dialects_to_test()) {
    CAPTURE(dialect);
    const TestDatabase database(dialect);
    const auto connection = database.connect();
    run(database, *connection);
  }
}

/// What `action` threw.
inline DatabaseError error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return error;
  }
  return DatabaseError("nothing was thrown");
}

}  // namespace revise::testing
