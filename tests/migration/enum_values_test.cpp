/// A value added to an enum: committed before anything uses it.

#include <doctest/doctest.h>

#include "tests/migration/scripts.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

const char* const kValues = "SELECT enumlabel FROM pg_enum ORDER BY enumsortorder";

Chain chain_with(const Unit& unit) {
  return {
      {{"a", executes("CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (a mood)")},
       {"b", unit}}
  };
}

void add_and_use(Operations& op) {
  op.add_enum_value("mood", "ok");
  op.add_enum_value("mood", "so so", {.before = "ok"});
  op.execute("INSERT INTO t VALUES ('ok')");
}

}  // namespace

TEST_SUITE("migration/enum_values") {
  TEST_CASE("an added value may be used at once, and added again") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    CHECK(outcome_of(run_of(database, chain_with(add_and_use))) == "done");
    CHECK(database.select(kValues) == "sad,so so,ok");
    CHECK(database.select("SELECT a FROM t") == "ok");
    // As after a kill between the block and the stamp.
    database.connect()->execute("UPDATE alembic_version SET version_num = 'a'");
    CHECK(outcome_of(run_of(database, chain_with(add_and_use))) == "done");
    CHECK(rows_of(database) == "b");
  }

  TEST_CASE("a script adds it outside its transactions too") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    run_script(database, chain_with(add_and_use), "");
    CHECK(database.select(kValues) == "sad,so so,ok");
    CHECK(database.select("SELECT a FROM t") == "ok");
  }

  TEST_CASE("it has to be the first change, unless told otherwise") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const auto late = [](Flag after_changes) {
      return [after_changes](Operations& op) {
        op.execute("CREATE TABLE u (a integer)");
        op.add_enum_value("mood", "ok", {.after_changes = after_changes});
      };
    };
    const auto told = outcome_of(run_of(database, chain_with(late({}))));
    CHECK(told.find("autocommit_block() must be the first change of its function") !=
          std::string::npos);
    CHECK_FALSE(has_table(database, "u"));
    CHECK(outcome_of(run_of(database, chain_with(late(true)))) == "done");
    CHECK(database.select(kValues) == "sad,ok");
  }

  TEST_CASE("it may stand in a block that is there already") {
    if (!tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const auto inside = [](Operations& op) {
      op.autocommit_block([&] { op.add_enum_value("mood", "ok"); });
    };
    CHECK(outcome_of(run_of(database, chain_with(inside))) == "done");
    CHECK(database.select(kValues) == "sad,ok");
  }

  TEST_CASE("SQLite refuses it before it commits anything") {
    if (!tests_dialect("sqlite")) return;
    const TestDatabase database("sqlite");
    const Chain chain{
        {{"a", executes("CREATE TABLE ta (id INTEGER)")},
         {"b", [](Operations& op) { op.add_enum_value("mood", "ok"); }}}
    };
    CHECK(outcome_of(run_of(database, chain))
              .find("SQLite cannot do add_enum_value 'mood'") != std::string::npos);
    CHECK_FALSE(has_table(database, "ta"));
  }
}
