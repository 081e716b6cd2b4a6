/// Where `:name` is a parameter, and where it is not.

#include "engine/operations/named_parameters.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"

namespace {

using namespace revise;
using operations::NamedValue;
using operations::Quoting;

constexpr Quoting kSqlite{.backticks = true, .brackets = true};
constexpr Quoting kPostgresql{
    .dollar_quotes = true, .escape_strings = true, .nested_comments = true};

// `a` is the only parameter; each place of it becomes a question mark.
std::string bound(const std::string& sql, const Quoting& quoting) {
  const NamedValue parameters[] = {
      {"a", std::int64_t{1}}
  };
  return bind_named(sql, parameters, quoting,
                    [](std::size_t, const driver::Value&) { return "?"; })
      .sql;
}

}  // namespace

TEST_SUITE("operations/named_parameters") {
  TEST_CASE("a name after a colon is a parameter, on every database alike") {
    const struct {
      std::string sql;
      std::string expected;
    } rows[] = {
        {":a",                       "?"                      },
        {"x=:a,y=:a)",               "x=?,y=?)"               },
        {":a::int",                  "?::int"                 },
        {"x::text = :a",             "x::text = ?"            },
        {"\\:b :a",                  ":b ?"                   },
        {"12:34 :a",                 "12:34 ?"                },
        {"x[b:c] :a",                "x[b:c] ?"               },
        {"':a' :a",                  "':a' ?"                 },
        {"'it''s :a' :a",            "'it''s :a' ?"           },
        {"\":a\" :a",                "\":a\" ?"               },
        {"-- :a\n:a",                "-- :a\n?"               },
        {"/* :a */ :a",              "/* :a */ ?"             },
        {":a -- :a",                 "? -- :a"                },
        {":a /* :a",                 "? /* :a"                },
        {":a ':a",                   "? ':a"                  },
        {":a :",                     "? :"                    },
        {"x := :a",                  "x := ?"                 },
        {"\xc3\xa9:b '\xc3\xa9' :a", "\xc3\xa9:b '\xc3\xa9' ?"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.sql);
      CHECK(bound(row.sql, kSqlite) == row.expected);
      CHECK(bound(row.sql, kPostgresql) == row.expected);
    }
  }

  TEST_CASE("what a database quotes in ways of its own is left alone there alone") {
    const struct {
      std::string sql;
      std::string sqlite;
      std::string postgresql;
    } rows[] = {
        {"$$:a$$ :a",         "$$?$$ ?",         "$$:a$$ ?"        },
        {"$t$:a$$:a$t$ :a",   "$t$?$$?$t$ ?",    "$t$:a$$:a$t$ ?"  },
        {"x$t$:a$t$",         "x$t$?$t$",        "x$t$?$t$"        },
        {"$1:a :a",           "$1:a ?",          "$1:a ?"          },
        {"E'\\':a' :a",       "E'\\'?' :a",      "E'\\':a' ?"      },
        {"E'\\''':a' :a",     "E'\\'''?' :a",    "E'\\''':a' ?"    },
        {"'\\' :a",           "'\\' ?",          "'\\' ?"          },
        {"/* /* */ :a */ :a", "/* /* */ ? */ ?", "/* /* */ :a */ ?"},
        {"`:a` :a",           "`:a` ?",          "`?` ?"           },
        {"[:a] :a",           "[:a] ?",          "[?] ?"           },
    };
    for (const auto& row : rows) {
      CAPTURE(row.sql);
      CHECK(bound(row.sql, kSqlite) == row.sqlite);
      CHECK(bound(row.sql, kPostgresql) == row.postgresql);
    }
  }

  TEST_CASE("values come in the order of their places, each place with its own") {
    const NamedValue parameters[] = {
        {"a", std::string("x")},
        {"b", std::int64_t{2} }
    };
    const auto statement = bind_named(":b :a :b", parameters, kSqlite,
                                      [](std::size_t place, const driver::Value&) {
                                        return "?" + std::to_string(place);
                                      });
    CHECK(statement.sql == "?1 ?2 ?3");
    REQUIRE(statement.values.size() == 3);
    CHECK(std::get<std::int64_t>(statement.values[0]) == 2);
    CHECK(std::get<std::string>(statement.values[1]) == "x");
    CHECK(std::get<std::int64_t>(statement.values[2]) == 2);
  }

  TEST_CASE("a negative literal stays one number wherever it stands") {
    const NamedValue parameters[] = {
        {"a", std::int64_t{-3}}
    };
    const auto literal = [&](const std::string& sql) {
      return bind_named(sql, parameters, kPostgresql,
                        [](std::size_t, const driver::Value&) { return "-3"; })
          .sql;
    };
    CHECK(literal("x - :a") == "x - -3");
    CHECK(literal("x -:a WHERE y") == "x -(-3) WHERE y");
    CHECK(literal(":a::smallint") == "(-3)::smallint");
  }

  TEST_CASE("a parameter that is missing or not used is an error that names it") {
    CHECK_THROWS_WITH_AS(bound(":a :low", kSqlite),
                         "the statement has ':low', for which no parameter is given; a "
                         "colon of its own is written '\\:'",
                         UnitError);
    CHECK_THROWS_WITH_AS(bound("':a'", kSqlite),
                         "parameter 'a' is given, but the statement has no ':a'",
                         UnitError);
  }
}
