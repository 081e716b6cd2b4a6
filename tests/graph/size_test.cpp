/// Large graphs: no walk may go as deep as they are long, or cost more than linear.

#include <doctest/doctest.h>

#include "engine/graph/order.hpp"
#include "engine/graph/plan.hpp"
#include "tests/graph/graph_text.hpp"

namespace {

using namespace revise::graph;

std::string numbered(std::size_t number) {
  return "r" + std::to_string(1000000 + number);
}

RevisionMap chain(std::size_t size) {
  std::vector<Revision> revisions(size);
  for (std::size_t i = 0; i < size; ++i) {
    revisions[i].revision = numbered(i);
    if (i > 0) revisions[i].down_revisions = {numbered(i - 1)};
  }
  return RevisionMap(std::move(revisions));
}

// Every ten: a branch point, two lines of four, and a merge point.
RevisionMap braid(std::size_t size) {
  std::vector<Revision> revisions(size);
  for (std::size_t i = 0; i < size; ++i) {
    revisions[i].revision = numbered(i);
    const std::size_t place = i % 10;
    if (place == 9) {
      revisions[i].down_revisions = {numbered(i - 1), numbered(i - 5)};
    } else if (place == 5) {
      revisions[i].down_revisions = {numbered(i - 5)};
    } else if (i > 0) {
      revisions[i].down_revisions = {numbered(i - 1)};
    }
  }
  return RevisionMap(std::move(revisions));
}

// Two lines, each revision of the first depending on its neighbour in the second.
RevisionMap ladder(std::size_t size) {
  std::vector<Revision> revisions(2 * size);
  for (std::size_t i = 0; i < size; ++i) {
    auto& left = revisions[2 * i];
    auto& right = revisions[2 * i + 1];
    left.revision = numbered(2 * i);
    right.revision = numbered(2 * i + 1);
    left.depends_on = {right.revision};
    if (i == 0) continue;
    left.down_revisions = {numbered(2 * i - 2)};
    right.down_revisions = {numbered(2 * i - 1)};
  }
  return RevisionMap(std::move(revisions));
}

RevisionMap fan(std::size_t size) {
  std::vector<Revision> revisions(size);
  for (std::size_t i = 0; i < size; ++i) {
    revisions[i].revision = numbered(i);
    if (i > 0) revisions[i].down_revisions = {numbered(0)};
  }
  return RevisionMap(std::move(revisions));
}

}  // namespace

TEST_SUITE("graph/size") {
  TEST_CASE("a chain of 100,000 revisions is loaded, walked and planned") {
    const auto map = chain(100000);
    CHECK(newest_first(map).front() == numbered(99999));
    const auto up =
        plan_upgrade(map, {}, resolve_upgrade(map, {}, parse_target("head")));
    CHECK(up.steps.size() == 100000);
    const auto down = plan_downgrade(
        map, up.after, resolve_downgrade(map, up.after, parse_target("base")));
    CHECK(down.steps.size() == 100000);
    CHECK(down.after.empty());
  }

  TEST_CASE("10,000 revisions with a branch and a merge every ten are planned") {
    const auto map = braid(10000);
    CHECK(newest_first(map).size() == 10000);
    const auto up =
        plan_upgrade(map, {}, resolve_upgrade(map, {}, parse_target("heads")));
    CHECK(up.steps.size() == 10000);
    CHECK(joined(up.after) == numbered(9999));
  }

  TEST_CASE("two lines of 50,000 with a dependency at every step are walked") {
    const auto map = ladder(50000);
    CHECK(newest_first(map).size() == 100000);
  }

  TEST_CASE("50,000 heads on one base are walked") {
    const auto map = fan(50000);
    const auto walked = newest_first(map);
    CHECK(walked.size() == 50000);
    CHECK(walked.back() == numbered(0));
  }
}
