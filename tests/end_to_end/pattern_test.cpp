#include "tests/end_to_end/pattern.hpp"

#include <doctest/doctest.h>

namespace revise::testing {

TEST_SUITE("end_to_end/pattern") {
  TEST_CASE("a text matches its pattern line by line, holes filled") {
    const struct {
      std::string pattern;
      std::string text;
      bool matches;
    } rows[] = {
        {"",            "",           true },
        {"",            "a",          false},
        {"a",           "",           false},
        {"a\nb",        "a\nb\n",     true },
        {"a\nb",        "a\nb\nc",    false},
        {"a{*}c",       "abbc",       true },
        {"a{*}c",       "ac",         true },
        {"a{*}c",       "abbcd",      false},
        {"{*}b{*}",     "abc",        true },
        {"...",         "",           true },
        {"...\nb",      "a\nb\na\nb", true },
        {"...\nb",      "a\nb\na",    false},
        {"a\n...\nc",   "a\nc",       true },
        {"a\n...\nc\n", "a\nb\nb\nc", true },
        {"...\nb\n...", "a\nb\nc",    true },
        {"...\nb\n...", "a\nc",       false},
    };
    for (const auto& row : rows) {
      CAPTURE(row.pattern);
      CAPTURE(row.text);
      CHECK(mismatch(row.pattern, row.text).empty() == row.matches);
    }
  }

  TEST_CASE("a mismatch says what was expected and what came") {
    CHECK(mismatch("a\nb\nc", "a\nx\nc") == "expected: b\n     got: x");
    CHECK(mismatch("a\nb", "a") == "expected: b\n     got: (the end)");
    CHECK(mismatch("a", "a\nb") == "expected: (the end)\n     got: b");
  }
}

}  // namespace revise::testing
