#include "engine/output/drawing.hpp"

#include <doctest/doctest.h>

#include <string>

#include "engine/core/text.hpp"

using namespace revise;
using namespace revise::output;

namespace {

// "c < a b" is a node with its parents; newest first.
std::string drawn(const std::vector<std::string>& lines) {
  std::vector<DrawnNode> nodes;
  for (const auto& line : lines) {
    auto words = split(line, ' ');
    DrawnNode node{words.front(), {}, words.front()};
    if (words.size() > 2) node.parents.assign(words.begin() + 2, words.end());
    nodes.push_back(node);
  }
  return "\n" + draw(nodes);
}

}  // namespace

TEST_SUITE("output/drawing") {
  TEST_CASE("a chain is one lane") {
    CHECK(drawn({"c < b", "b < a", "a"}) == R"(
* c
* b
* a
)");
  }

  TEST_CASE(
      "a merge point opens lanes in the order of its parents, a branch point joins") {
    CHECK(drawn({"m < b c", "b < a", "c < a", "a"}) == R"(
* m
|\
* | b
| * c
|/
* a
)");
    CHECK(drawn({"m < b c d", "b < a", "c < a", "d < a", "a"}) == R"(
* m
|\
|\ \
* | | b
| * | c
| | * d
| |/
|/
* a
)");
  }

  TEST_CASE("a lane crosses those between it and where it joins") {
    CHECK(drawn({"x < a", "y < b", "z < a", "b", "a"}) == R"(
* x
| * y
| | * z
| * | b
|  /
|/
* a
)");
    CHECK(drawn({"x < a", "y < b", "z < a", "a", "b"}) == R"(
* x
| * y
| | * z
|_|/
|/|
* | a
 /
* b
)");
  }

  TEST_CASE("roots of their own stand one below the other") {
    CHECK(drawn({"b < a", "a", "d < c", "c"}) == R"(
* b
* a
* d
* c
)");
  }

  TEST_CASE("further lines of a text keep the lanes") {
    CHECK(draw({
              {"b", {"a"}, "b\nmore"},
              {"a", {},    "a"      }
    }) == "* b\n| more\n* a\n");
  }
}
