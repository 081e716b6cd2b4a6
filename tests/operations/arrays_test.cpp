/// Arrays as PostgreSQL writes them.

#include "engine/operations/arrays.hpp"

#include <doctest/doctest.h>

#include "engine/core/text.hpp"

using namespace revise;
using namespace revise::operations;

namespace {

// Each element between '<' and '>', NULL as itself; "none" for what is no array.
std::string shown(const std::string& text) {
  const auto elements = parse_array(text);
  if (!elements) return "none";
  std::string all;
  for (const auto& element : *elements) all += element ? "<" + *element + ">" : "NULL";
  return all;
}

}  // namespace

TEST_SUITE("operations/arrays") {
  TEST_CASE("an array is taken apart by its outermost dimension") {
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"{}",                             ""                        },
        {"{1,2,NULL}",                     "<1><2>NULL"              },
        {"{\"NULL\",null,\"\"}",           "<NULL>NULL<>"            },
        {R"({"a \"b\" \\c","{},","d e"})", R"(<a "b" \c><{},><d e>)" },
        {"{{1,2},{3,NULL}}",               "<{1,2}><{3,NULL}>"       },
        {R"({{"}","{"},{"\"",x}})",        R"(<{"}","{"}><{"\"",x}>)"},
        {"[2:3]={1,2}",                    "<1><2>"                  },
        {"{ü,2020-01-02}",                "<ü><2020-01-02>"        },
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(shown(row.text) == row.expected);
    }
  }

  TEST_CASE("what is no array is not taken for one") {
    for (const std::string text : {"", "1", "{", "{1", "{1,}", "{,1}", "{1}x", "{\"a}",
                                   "{{1}", "{\"a\\", "[2:3]"}) {
      CAPTURE(text);
      CHECK(shown(text) == "none");
    }
  }

  TEST_CASE("a quoted element is read as it was") {
    for (const std::string text : {"", "a", "NULL", "\"", "\\", "{,}", "\\\" ü\n"}) {
      CAPTURE(text);
      CHECK(shown("{" + quoted_element(text) + "}") == "<" + text + ">");
    }
  }
}
