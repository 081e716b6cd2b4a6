#include "engine/operations/run_arguments.hpp"

#include <doctest/doctest.h>

#include <revise/op.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "tests/support/collecting_sink.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

// What a unit sees of `name`, in words.
std::string seen(const operations::RunArguments& arguments, const char* name) {
  CollectingSink sink;
  sink.set_arguments(arguments);
  const auto value = Operations(sink).get_x_argument(name);
  return value.is_set() ? "'" + std::string(value.data(), value.size()) + "'" : "unset";
}

void one(Operations& op) { op.execute("SELECT 1"); }
void two(Operations& op) { op.execute("SELECT 2"); }

std::string dispatched(const std::string& engine_name) {
  operations::RunArguments arguments{.engine_name = engine_name};
  CollectingSink sink;
  sink.set_arguments(arguments);
  Operations op(sink);
  try {
    op.dispatch_by_engine_name({
        {"one", one},
        {"two", two}
    });
  } catch (const UnitError& error) {
    return error.what();
  }
  return std::get<operations::ExecuteOp>(sink.operations.at(0)).sql;
}

}  // namespace

TEST_SUITE("operations/run_arguments") {
  TEST_CASE("an x-argument is its last value, empty without '=', unset when absent") {
    const operations::RunArguments given{
        .x_arguments = {"a=1", "a=2=3", "b", "c=", "d=4", "d", "=e"}
    };
    const struct {
      const char* name;
      std::string expected;
    } rows[] = {
        {"a", "'2=3'"},
        {"b", "''"   },
        {"c", "''"   },
        {"d", "''"   },
        {"",  "'e'"  },
        {"e", "unset"},
    };
    for (const auto& row : rows) {
      const std::string name = row.name;
      CAPTURE(name);
      CHECK(seen(given, row.name) == row.expected);
      const auto all = operations::x_dictionary(given.x_arguments);
      const auto found = all.find(name);
      CHECK((found == all.end() ? "unset" : "'" + found->second + "'") == row.expected);
    }
  }

  TEST_CASE("a unit sees tag, database and mode of its run, and none without one") {
    CollectingSink sink;
    const Operations op(sink);
    CHECK_FALSE(op.get_tag_argument().is_set());
    CHECK_FALSE(op.engine_name().is_set());
    CHECK_FALSE(op.is_offline_mode());
    const operations::RunArguments given{
        .tag = "", .engine_name = "one", .rendering = operations::Rendering::Offline};
    sink.set_arguments(given);
    CHECK(op.get_tag_argument().is_set());
    CHECK(op.engine_name() == "one");
    CHECK(op.is_offline_mode());
  }

  TEST_CASE("a unit calls the function of the database that it runs on, or fails") {
    CHECK(dispatched("one") == "SELECT 1");
    CHECK(dispatched("two") == "SELECT 2");
    CHECK(dispatched("three") ==
          "the unit has no function for the database 'three'; it has one, two");
    CHECK(dispatched("") ==
          "the unit is for several databases (one, two), and the ini names none; set "
          "databases there");
  }

  TEST_CASE("what is reversed sees the same arguments") {
    const operations::RunArguments given{.x_arguments = {"table=t"}};
    CollectingSink sink;
    sink.set_arguments(given);
    Operations op(sink);
    op.reverse([](Operations& up) {
      up.create_table(up.get_x_argument("table"), {Column("id", Integer)});
    });
    CHECK(std::get<operations::DropTableOp>(sink.operations.at(0)).table == "t");
  }
}
