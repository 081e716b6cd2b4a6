/// Random graphs, walked up and down at random, against brute force on sets of ids.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "engine/core/error.hpp"
#include "engine/graph/order.hpp"
#include "engine/graph/plan.hpp"
#include "tests/conformance/oracle.hpp"
#include "tests/graph/graph_text.hpp"

namespace {

using namespace revise;
using namespace revise::graph;
using conformance::Follow;
using conformance::IdSet;
using conformance::Oracle;
using conformance::Sorted;

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t end) {
  return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
}

// Parents and dependencies are drawn from what is there already; irregular merges
// and dependencies on ancestors come up by themselves. Load order is shuffled.
std::vector<Revision> random_graph(Random& random) {
  std::vector<Revision> revisions;
  const std::size_t size = 1 + below(random, 14);
  for (std::size_t i = 0; i < size; ++i) {
    Revision revision{.revision = "rev" + std::to_string(100 + i)};
    const std::size_t downs =
        i == 0 || below(random, 8) == 0 ? 0 : 1 + below(random, 4) / 3;
    const std::size_t depends =
        i > 0 && below(random, 3) == 0 ? 1 + below(random, 2) : 0;
    for (std::size_t n = 0; n < downs; ++n) {
      revision.down_revisions.push_back(
          revisions[i - 1 - below(random, std::min<std::size_t>(i, 4))].revision);
    }
    for (std::size_t n = 0; n < depends; ++n) {
      revision.depends_on.push_back(revisions[below(random, i)].revision);
    }
    revisions.push_back(revision);
  }
  std::shuffle(revisions.begin(), revisions.end(), random);
  return revisions;
}

// Runs `plan` from `rows`, checking each step; leaves in `rows` what it ends with.
void follow(const Oracle& oracle, const Plan& plan, Rows& rows) {
  IdSet applied = oracle.ancestors({rows.begin(), rows.end()}, Follow::All);
  CHECK(joined(plan.before) == joined(rows));
  for (const Step& step : plan.steps) {
    CAPTURE(step.revision);
    rows = apply_changes(std::move(rows), step.changes);
    if (step.direction == Direction::Upgrade) {
      CHECK(applied.insert(step.revision).second);
    } else {
      CHECK(applied.erase(step.revision) == 1);
    }
    CHECK(IdSet(rows.begin(), rows.end()) == oracle.maximal(applied));
  }
  CHECK(IdSet(rows.begin(), rows.end()) == IdSet(plan.after.begin(), plan.after.end()));
}

std::vector<RevisionId> ids_of(const Plan& plan) {
  std::vector<RevisionId> ids;
  for (const Step& step : plan.steps) ids.push_back(step.revision);
  return ids;
}

void move_up(const RevisionMap& map, const Oracle& oracle, const RevisionId& id,
             Rows& rows) {
  IdSet expected = oracle.ancestors({id}, Follow::All);
  for (const auto& had : oracle.ancestors({rows.begin(), rows.end()}, Follow::All)) {
    expected.erase(had);
  }
  const auto plan =
      plan_upgrade(map, rows, resolve_upgrade(map, rows, parse_target(id)));
  const auto ids = ids_of(plan);
  CHECK(IdSet(ids.begin(), ids.end()) == expected);
  CHECK(oracle.is_topological(ids, Sorted::ParentsFirst));
  follow(oracle, plan, rows);
}

void move_down(const RevisionMap& map, const Oracle& oracle, const RevisionId& id,
               Rows& rows) {
  const IdSet active = oracle.ancestors({rows.begin(), rows.end()}, Follow::All);
  IdSet expected;
  const auto roots =
      id == "base" ? oracle.bases() : oracle.children(id, Follow::Versioned);
  for (const auto& each : oracle.descendants(roots, Follow::All)) {
    if (active.contains(each)) expected.insert(each);
  }
  if (expected.empty()) return;
  const auto plan =
      plan_downgrade(map, rows, resolve_downgrade(map, rows, parse_target(id)));
  const auto ids = ids_of(plan);
  CHECK(IdSet(ids.begin(), ids.end()) == expected);
  CHECK(oracle.is_topological(ids, Sorted::ChildrenFirst));
  follow(oracle, plan, rows);
}

}  // namespace

TEST_SUITE("graph/random_walk") {
  TEST_CASE("after each step of any walk the rows are the maximal applied revisions") {
    const char* const given = std::getenv("REVISE_TEST_SEED");
    const unsigned seed = given != nullptr
                              ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                              : std::random_device{}();
    INFO("REVISE_TEST_SEED=", seed);
    Random random(seed);
    for (int round = 0; round < 150; ++round) {
      const auto revisions = random_graph(random);
      const RevisionMap map(revisions);
      const Oracle oracle(revisions);
      const auto all = newest_first(map);
      CHECK(all.size() == revisions.size());
      CHECK(oracle.is_topological(all, Sorted::ChildrenFirst));
      Rows rows;
      for (int move = 0; move < 6; ++move) {
        const auto& id = revisions[below(random, revisions.size())].revision;
        if (below(random, 3) > 0) {
          move_up(map, oracle, id, rows);
        } else {
          move_down(map, oracle, below(random, 4) == 0 ? "base" : id, rows);
        }
      }
    }
  }
}
