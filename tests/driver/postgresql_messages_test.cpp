#include "engine/driver/postgresql_messages.hpp"

#include <doctest/doctest.h>

#include "engine/core/text.hpp"

namespace {

using revise::driver::Encoding;
using revise::driver::Message;
using revise::driver::messages_of;

// The texts of each message joined by '+', messages by ' | '.
std::string grouped(const std::vector<std::string>& texts) {
  std::vector<std::string> groups;
  for (const Message& message : messages_of(texts, Encoding::Utf8)) {
    std::vector<std::string> group;
    for (const std::size_t start : message.starts) {
      group.push_back(texts[message.place_of(start)]);
    }
    groups.push_back(revise::join(group, "+"));
  }
  return revise::join(groups, " | ");
}

}  // namespace

TEST_SUITE("driver/postgresql_messages") {
  TEST_CASE("a text that would swallow what follows stands alone") {
    const struct {
      std::string second;
      std::string expected;
    } rows[] = {
        {"b",                                          "a+b+c"               },
        {"b; -- why",                                  "a+b; -- why+c"       },
        {"SELECT 'b;'",                                "a+SELECT 'b;'+c"     },
        {"SELECT $q$'$q$",                             "a+SELECT $q$'$q$+c"  },
        {"SELECT 'b",                                  "a | SELECT 'b | c"   },
        {"SELECT \"b",                                 "a | SELECT \"b | c"  },
        {"SELECT e'\\'",                               "a | SELECT e'\\' | c"},
        {"SELECT $q$b",                                "a | SELECT $q$b | c" },
        {"b /* why",                                   "a | b /* why | c"    },
        {"SELECT (1",                                  "a | SELECT (1 | c"   },
        {"CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;",
         "a | CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; | c"                },
    };
    for (const auto& row : rows) {
      CAPTURE(row.second);
      CHECK(grouped({"a", row.second, "c"}) == row.expected);
    }
  }

  TEST_CASE(
      "a text with a byte of zero stands alone, for what refuses it to be named") {
    CHECK(messages_of(std::vector<std::string>{"a", std::string("b\0", 2), "c"},
                      Encoding::Utf8)
              .size() == 3);
  }

  TEST_CASE("a message is bounded, and a longer text is a message of its own") {
    const std::string half(150 * 1024, 'x');
    const std::string large(600 * 1024, 'y');
    CHECK(messages_of(std::vector<std::string>{half, half, "a", large, "b"},
                      Encoding::Utf8)
              .size() == 4);
  }
}
