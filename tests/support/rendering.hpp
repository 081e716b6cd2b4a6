/// Operations in a unit's words, and the SQL that they come to on a database.

#pragma once

#include <doctest/doctest.h>

#include <revise/op.hpp>
#include <string>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/dialect.hpp"
#include "tests/support/collecting_sink.hpp"

namespace revise::testing {

/// What `operation` renders to as a script of `dialect`: statements that end in a
/// semicolon each. A refusal is "!" and its message.
inline std::string rendered(void (*operation)(Operations& op), const char* dialect) {
  CollectingSink sink(dialect);
  Operations op(sink);
  std::vector<std::string> statements;
  try {
    operation(op);
    for (const auto& collected : sink.operations) {
      for (auto& text : dialects::dialect_named(dialect).render_script(collected)) {
        statements.push_back(text + ";");
      }
    }
  } catch (const Error& error) {
    return std::string("!") + error.what();
  }
  return join(statements, "\n");
}

/// One row of a test: the op, SQLite's SQL, PostgreSQL's SQL, in full.
inline void check(const std::string& name, void (*operation)(Operations& op),
                  const std::string& sqlite, const std::string& postgresql) {
  CAPTURE(name);
  CHECK(rendered(operation, "sqlite") == sqlite);
  CHECK(rendered(operation, "postgresql") == postgresql);
}

/// The same for an op that both databases spell alike.
inline void check_both(const std::string& name, void (*operation)(Operations& op),
                       const std::string& sql) {
  check(name, operation, sql, sql);
}

}  // namespace revise::testing
