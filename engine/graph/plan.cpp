#include "engine/graph/plan.hpp"

#include <algorithm>
#include <utility>

#include "engine/graph/order.hpp"
#include "engine/graph/symbols.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

namespace {

Step planned(const RevisionMap& map, VersionRows& rows, Direction direction,
             const RevisionId& id) {
  const Vertex vertex = find_named(map, id);
  Step step{.direction = direction, .revision = id};
  const auto& below = map.revisions()[vertex].down_revisions;
  if (direction == Direction::Upgrade) {
    step.from = below;
    step.to = {id};
    step.changes = rows.upgrade(vertex);
  } else {
    step.from = {id};
    step.to = below;
    step.changes = rows.downgrade(vertex);
  }
  return step;
}

Plan planned(const RevisionMap& map, const Rows& rows, Direction direction,
             const std::vector<RevisionId>& ids) {
  Plan plan;
  plan.before = rows;
  VersionRows state(map, rows);
  plan.steps.reserve(ids.size());
  for (const auto& id : ids) {
    plan.steps.push_back(planned(map, state, direction, id));
  }
  // Where nothing runs, redundant rows stay as they are.
  plan.after = ids.empty() ? rows : state.rows();
  return plan;
}

}  // namespace

Plan plan_upgrade(const RevisionMap& map, const Rows& rows,
                  const Selection& selection) {
  auto ids = newest_first(map, selection);
  std::reverse(ids.begin(), ids.end());
  return planned(map, rows, Direction::Upgrade, ids);
}

Plan plan_downgrade(const RevisionMap& map, const Rows& rows,
                    const Selection& selection) {
  return planned(map, rows, Direction::Downgrade, newest_first(map, selection));
}

Plan plan_steps(const RevisionMap& map, const Rows& rows,
                const std::vector<Step>& chosen) {
  Plan plan;
  plan.before = rows;
  VersionRows state(map, rows);
  for (const Step& step : chosen) {
    plan.steps.push_back(planned(map, state, step.direction, step.revision));
  }
  plan.after = state.rows();
  return plan;
}

}  // namespace revise::graph
