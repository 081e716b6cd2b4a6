/// Names as both databases spell them, and the dialects by name.

#include <doctest/doctest.h>

#include "engine/core/error.hpp"
#include "engine/dialects/dialect.hpp"

using namespace revise;
using dialects::dialect_named;

TEST_SUITE("dialects/names") {
  TEST_CASE("a name is quoted where SQLAlchemy quotes it") {
    const struct {
      std::string name;
      std::string sqlite;
      std::string postgresql;
    } rows[] = {
        {"account",  "account",      "account"     },
        {"a_1$",     "a_1$",         "a_1$"        },
        {"Account",  "\"Account\"",  "\"Account\"" },
        {"1st",      "\"1st\"",      "\"1st\""     },
        {"$a",       "\"$a\"",       "\"$a\""      },
        {"a-b",      "\"a-b\"",      "\"a-b\""     },
        {"a\"b",     "\"a\"\"b\"",   "\"a\"\"b\""  },
        {"\xc3\xa9", "\"\xc3\xa9\"", "\"\xc3\xa9\""},
        {"user",     "user",         "\"user\""    },
        {"index",    "\"index\"",    "index"       },
        {"select",   "\"select\"",   "\"select\""  },
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      CHECK(dialect_named("sqlite").quote(row.name) == row.sqlite);
      CHECK(dialect_named("postgresql").quote(row.name) == row.postgresql);
    }
    CHECK(dialect_named("postgresql").qualified("s", "User") == "s.\"User\"");
    CHECK(dialect_named("postgresql").qualified("", "a") == "a");
  }

  TEST_CASE("a name that is empty, or longer than the database takes, is refused") {
    const std::string longest(63, 'a');
    CHECK(dialect_named("postgresql").quote(longest) == longest);
    CHECK_THROWS_AS(dialect_named("postgresql").quote(longest + "a"), UnsupportedError);
    CHECK(dialect_named("sqlite").quote(longest + "a") == longest + "a");
    // Bytes count, not characters.
    std::string accents;
    for (int count = 0; count < 32; ++count) accents += "\xc3\xa9";
    CHECK_THROWS_AS(dialect_named("postgresql").quote(accents), UnsupportedError);
    CHECK_THROWS_AS(dialect_named("sqlite").quote(""), UnsupportedError);
  }

  TEST_CASE("a dialect is found by its name, and one that is not there is refused") {
    for (const dialects::Dialect* dialect : dialects::all_dialects()) {
      CHECK(&dialect_named(dialect->name()) == dialect);
    }
    CHECK_THROWS_WITH_AS(dialect_named("mysql"),
                         "no dialect is named 'mysql'; there are postgresql, sqlite",
                         UnsupportedError);
  }
}
