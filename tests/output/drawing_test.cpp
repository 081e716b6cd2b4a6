#include "engine/output/drawing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <string>

#include "engine/core/text.hpp"
#include "tests/output/drawn_edges.hpp"

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

// Newest first; some are roots, some merge points of up to four.
std::vector<DrawnNode> random_nodes(std::mt19937& random, int count) {
  std::vector<DrawnNode> nodes;
  for (int i = count; i > 0; --i) {
    std::set<int> parents;
    for (auto k = random() % 5; k > 0 && i > 1; --k) {
      const int near = std::max(1, i - 6);
      parents.insert(near +
                     static_cast<int>(random() % static_cast<unsigned>(i - near)));
    }
    DrawnNode node{"n" + std::to_string(i), {}, "n" + std::to_string(i)};
    for (const int parent : parents)
      node.parents.push_back("n" + std::to_string(parent));
    std::shuffle(node.parents.begin(), node.parents.end(), random);
    nodes.push_back(node);
  }
  return nodes;
}

std::string edges_of(const std::vector<DrawnNode>& nodes) {
  std::vector<std::string> edges;
  for (const auto& node : nodes) {
    for (const auto& parent : node.parents) edges.push_back(node.id + ">" + parent);
  }
  std::sort(edges.begin(), edges.end());
  return join(edges, " ");
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

  TEST_CASE("a line stands between a root and a head of its own below it") {
    CHECK(drawn({"b < a", "a", "d < c", "c"}) == R"(
* b
* a

* d
* c
)");
    CHECK(drawn({"c < a", "y", "x < a", "a"}) == R"(
* c
| * y
|
| * x
|/
* a
)");
  }

  TEST_CASE("each edge is drawn, and no other") {
    std::mt19937 random(20260102);
    for (int round = 0; round < 300; ++round) {
      const auto nodes = random_nodes(random, 2 + round % 30);
      const std::string drawing = draw(nodes);
      CAPTURE(drawing);
      CHECK(join(testing::drawn_edges(drawing), " ") == edges_of(nodes));
    }
  }

  TEST_CASE("the time to draw grows with the drawing") {
    std::vector<DrawnNode> nodes;
    constexpr int kCount = 100'000;
    for (int i = kCount; i > 0; --i) {
      DrawnNode node{std::to_string(i), {}, std::to_string(i)};
      // Every ten nodes one is passed by an edge on each of its sides.
      if (i > 1) node.parents.push_back(std::to_string(i % 10 == 6 ? i - 2 : i - 1));
      if (i % 10 == 7) node.parents.push_back(std::to_string(i - 2));
      nodes.push_back(node);
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto drawing = draw(nodes);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
    CHECK(std::count(drawing.begin(), drawing.end(), '*') == kCount);
  }

  TEST_CASE("further lines of a text keep the lanes") {
    CHECK(draw({
              {"b", {"a"}, "b\nmore"},
              {"a", {},    "a"      }
    }) == "* b\n| more\n* a\n");
  }
}
