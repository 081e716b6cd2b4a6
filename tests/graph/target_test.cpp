#include "engine/graph/target.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"

namespace {

// "label|symbol|offset" of a relative target, "label|name" of another.
std::string parts(const std::string& text) {
  const auto target = revise::graph::parse_target(text);
  if (const auto* relative = std::get_if<revise::graph::Relative>(&target)) {
    return relative->label + "|" + relative->symbol + "|" +
           std::to_string(relative->steps);
  }
  const auto& symbol = std::get<revise::graph::Symbol>(target);
  return symbol.label + "|" + symbol.name;
}

}  // namespace

TEST_SUITE("graph/target") {
  using namespace revise::graph;

  TEST_CASE("a target is relative when the whole text has that form") {
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"ae10",       "|ae10"      },
        {"lib@head",   "lib|head"   },
        {"@head",      "|head"      },
        {"+2",         "||2"        },
        {"-1",         "||-1"       },
        {"ae10+2",     "|ae10|2"    },
        {"lib@ae10-3", "lib|ae10|-3"},
        {"lib@+1",     "lib||1"     },
        {"ae10-1x",    "|ae10-1x"   },
        {"ae10+",      "|ae10+"     },
        {"a.b+1",      "|a.b+1"     },
        {"12",         "|12"        },
        {"\u00e9a+1",  "|\u00e9a|1" },
        {"my-lib@a+1", "my-lib|a|1" },
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(parts(row.text) == row.expected);
    }
  }

  TEST_CASE("a count beyond all numbers is read as a very large one") {
    CHECK(std::get<Relative>(parse_target("+99999999999999999999")).steps > 1000000);
    CHECK(std::get<Relative>(parse_target("-99999999999999999999")).steps < -1000000);
  }

  TEST_CASE("an empty text or name is refused") {
    for (const std::string text : {"", "lib@", "@"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(parse_target(text), revise::RevisionError);
    }
  }

  TEST_CASE("a range has one colon, and either end may be left out") {
    CHECK(parse_range(" a:b ").start == "a");
    CHECK(parse_range("a:b").end == "b");
    CHECK(parse_range(":b").start == "");
    CHECK_THROWS_AS(parse_range("a"), revise::RevisionError);
    CHECK_THROWS_AS(parse_range("a:b:c"), revise::RevisionError);
  }
}
