/// Typed rows into tables and out of queries.

#include <doctest/doctest.h>

#include <revise/data.hpp>

#include "engine/core/error.hpp"
#include "tests/support/collecting_sink.hpp"

namespace {

using namespace revise;
using testing::CollectingSink;

struct Person {
  int id;
  std::string name;
};

std::string inserted(const CollectingSink& sink) {
  const auto& op = std::get<operations::BulkInsertOp>(sink.operations.at(0));
  std::string text;
  for (const auto& row : op.rows) {
    text += std::to_string(std::get<std::int64_t>(row[0])) + "=" +
            std::get<std::string>(row[1]) + " ";
  }
  return text;
}

// One row of one column, "x", read as T.
template <typename T>
T read(const driver::Value& value) {
  CollectingSink sink;
  sink.result = {.columns = {"x"}, .rows = {{value}}};
  Operations op(sink);
  for (const auto& [x] : op.query<T>("SELECT x FROM t")) return x;
  return T{};
}

}  // namespace

TEST_SUITE("operations/data") {
  TEST_CASE("rows are written as lists, tuples or structs") {
    const auto insert = [](const auto& rows) {
      CollectingSink sink;
      Operations op(sink);
      op.bulk_insert(
          table("account", column<std::int64_t>("id"), column<std::string>("name")),
          rows);
      return inserted(sink);
    };
    CHECK(insert(std::vector<std::tuple<int, const char*>>{
              {1, "ed"},
              {2, "jo"}
    }) == "1=ed 2=jo ");
    CHECK(insert(std::vector<Person>{
              {3, "al"}
    }) == "3=al ");
    CollectingSink sink;
    Operations op(sink);
    op.bulk_insert(table("account", column<int>("id"), column<std::string>("name")),
                   {
                       {1, "ed"             },
                       {2, std::string("jo")}
    });
    CHECK(inserted(sink) == "1=ed 2=jo ");
  }

  TEST_CASE("a value goes in as what its column holds") {
    CollectingSink sink;
    Operations op(sink);
    op.bulk_insert(
        table("t", column<double>("a"), column<bool>("b"),
              column<std::vector<std::byte>>("c"), column<std::optional<int>>("d"),
              column<std::optional<std::string>>("e")),
        {
            {1,   true,  std::vector<std::byte>{std::byte{65}}, std::nullopt,          "x" },
            {1.5, false, std::vector<std::byte>{},              std::optional<int>(7), none}
    });
    const auto& rows = std::get<operations::BulkInsertOp>(sink.operations.at(0)).rows;
    CHECK(std::get<double>(rows[0][0]) == 1.0);
    CHECK(std::get<bool>(rows[0][1]));
    CHECK(std::get<driver::Blob>(rows[0][2]).bytes == "A");
    CHECK(rows[0][3].index() == 0);
    CHECK(std::get<std::string>(rows[0][4]) == "x");
    CHECK(std::get<std::int64_t>(rows[1][3]) == 7);
    CHECK(rows[1][4].index() == 0);
  }

  TEST_CASE("a number that its column's type cannot hold is refused") {
    CollectingSink sink;
    Operations op(sink);
    const auto narrow = table("t", column<std::int8_t>("a"));
    CHECK_THROWS_AS(op.bulk_insert(narrow, {{200}}), UnitError);
    CHECK_THROWS_AS(op.bulk_insert(table("t", column<unsigned>("a")), {{-1}}),
                    UnitError);
    CHECK(sink.operations.empty());
  }

  TEST_CASE("rows come out as the types that are asked for") {
    CHECK(read<std::int64_t>(std::int64_t{-5}) == -5);
    CHECK(read<unsigned char>(std::int64_t{255}) == 255);
    CHECK(read<double>(std::int64_t{2}) == 2.0);
    CHECK(read<double>(std::string("1.25")) == 1.25);  // PostgreSQL's numeric
    CHECK(read<bool>(std::int64_t{1}));                // SQLite's truth
    CHECK(read<std::string>(std::string("ed")) == "ed");
    CHECK(read<std::vector<std::byte>>(driver::Blob{"AB"}).size() == 2);
    CHECK(read<std::optional<int>>(std::monostate{}) == std::nullopt);
    CHECK(read<std::optional<int>>(std::int64_t{3}) == 3);
  }

  TEST_CASE("a value that its type cannot hold is an error that says where it stood") {
    CHECK_THROWS_WITH_AS(read<int>(std::monostate{}),
                         "column 'x' of row 1 is NULL; std::optional takes such values",
                         UnitError);
    CHECK_THROWS_WITH_AS(read<std::string>(std::int64_t{1}),
                         "column 'x' of row 1 is an integer, not text", UnitError);
    CHECK_THROWS_WITH_AS(read<int>(std::string("1x")),
                         "column 'x' of row 1 is text, not an integer", UnitError);
    CHECK_THROWS_WITH_AS(read<std::int8_t>(std::int64_t{128}),
                         "column 'x' of row 1 is 128, which does not fit its type",
                         UnitError);
    CHECK_THROWS_AS(read<unsigned>(std::int64_t{-1}), UnitError);
    CHECK_THROWS_AS(read<bool>(std::int64_t{2}), UnitError);
    CHECK_THROWS_AS(read<std::vector<std::byte>>(std::string("x")), UnitError);
  }

  TEST_CASE(
      "a query hands over its parameters, and its width has to be that asked for") {
    CollectingSink sink;
    sink.result = {
        .columns = {"a",                                 "b"},
        .rows = {{std::int64_t{1}, std::string("x")},
                    {std::int64_t{2}, std::string("y")}     }
    };
    Operations op(sink);
    std::string seen;
    for (const auto& [a, b] : op.query<int, std::string>(
             "SELECT a, b FROM t WHERE a > :low", {
                                                      {"low", 0}
    })) {
      op.execute("DELETE FROM t");  // all rows are here already
      seen += std::to_string(a) + b;
    }
    CHECK(seen == "1x2y");
    CHECK(sink.parameter_count == 1);
    CHECK(sink.operations.size() == 2);
    CHECK_THROWS_WITH_AS(op.query<int>("SELECT a, b FROM t"),
                         "the query yields 2 columns, but 1 types are given",
                         UnitError);
  }
}
