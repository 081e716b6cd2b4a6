#include <algorithm>

#include "engine/graph/messages.hpp"
#include "engine/graph/plan.hpp"
#include "engine/graph/symbols.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

namespace {

// Throws if one of `vertices` stands on another.
void check_apart(const RevisionMap& map, const std::vector<Vertex>& vertices) {
  if (vertices.size() < 2) return;
  const Topology& topology = map.topology();
  std::vector<Vertex> parents;
  for (const Vertex vertex : vertices) {
    const auto each = topology.parents(vertex, Edges::All);
    parents.insert(parents.end(), each.begin(), each.end());
  }
  const auto below = topology.reach(parents, Edges::All, Way::ToAncestors);
  for (const Vertex lower : vertices) {
    if (!below.contains(lower)) continue;
    const auto above = topology.reach({lower}, Edges::All, Way::ToDescendants);
    for (const Vertex upper : vertices) {
      if (upper == lower || !above.contains(upper)) continue;
      throw stamp_overlap(map.id(upper), map.id(lower));
    }
  }
}

// The rows as they go, with the revision that each names.
struct Row {
  std::string text;
  Vertex vertex;
};

// Takes out of `rows` those among `gone`, in their order.
std::vector<std::string> take(std::vector<Row>& rows, const VertexSet& gone) {
  std::vector<std::string> taken;
  for (const Row& row : rows) {
    if (gone.contains(row.vertex)) taken.push_back(row.text);
  }
  std::erase_if(rows, [&](const Row& row) { return gone.contains(row.vertex); });
  return taken;
}

void clear(const RevisionMap& map, const StampTargets& targets, std::vector<Row>& rows,
           std::vector<Step>& steps) {
  VertexSet gone(map.size());
  for (const auto& id : targets.cleared) gone.insert(*map.find_vertex(id));
  for (const Row& row : rows) {
    if (targets.all_cleared) gone.insert(row.vertex);
  }
  for (const auto& text : take(rows, gone)) {
    steps.push_back({.direction = Direction::Downgrade,
                     .from = {text},
                     .changes = {{RowChange::Kind::Delete, text, {}}}});
  }
}

RowChanges replace(const std::vector<std::string>& taken, const RevisionId& id) {
  RowChanges changes;
  for (std::size_t i = 0; i + 1 < taken.size(); ++i) {
    changes.push_back({RowChange::Kind::Delete, taken[i], {}});
  }
  if (taken.empty()) {
    changes.push_back({RowChange::Kind::Insert, {}, id});
  } else {
    changes.push_back({RowChange::Kind::Update, taken.back(), id});
  }
  return changes;
}

void stamp(const RevisionMap& map, Vertex vertex, std::vector<Row>& rows,
           std::vector<Step>& steps) {
  const Topology& topology = map.topology();
  const RevisionId& id = map.id(vertex);
  const auto above = topology.reach({vertex}, Edges::All, Way::ToDescendants);
  auto line = topology.reach({vertex}, Edges::All, Way::ToAncestors);
  for (const Vertex each : above.listed()) line.insert(each);
  Step step{.revision = id, .to = {id}};
  for (const Row& row : rows) {
    if (row.vertex != vertex && above.contains(row.vertex)) {
      step.direction = Direction::Downgrade;
    }
  }
  const bool is_there = std::any_of(rows.begin(), rows.end(),
                                    [&](const Row& row) { return row.text == id; });
  if (is_there) std::erase_if(rows, [&](const Row& row) { return row.text == id; });
  step.from = take(rows, line);
  rows.push_back({id, vertex});
  if (is_there && step.from.empty()) return;
  if (is_there) {
    for (const auto& text : step.from) {
      step.changes.push_back({RowChange::Kind::Delete, text, {}});
    }
  } else {
    step.changes = replace(step.from, id);
  }
  steps.push_back(std::move(step));
}

}  // namespace

StampTargets resolve_stamp(const RevisionMap& map, const Rows& rows,
                           const Symbols& symbols) {
  std::vector<Vertex> current;
  for (const auto& row : rows) current.push_back(find_named(map, row));
  if (symbols.empty()) throw nothing_named("");
  StampTargets targets;
  std::vector<Vertex> stamped;
  VertexSet cleared(map.size());
  for (const Symbol& symbol : symbols) {
    const auto on_its_line = on_line(map, current, symbol, Edges::All);
    const auto places = revisions_of(places_of(map, symbol));
    stamped.insert(stamped.end(), places.begin(), places.end());
    if (!places.empty()) continue;
    if (symbol.label.empty()) targets.all_cleared = true;
    for (const Vertex each : on_its_line) cleared.insert(each);
  }
  VertexSet once(map.size());
  std::erase_if(stamped, [&](Vertex vertex) { return !once.insert(vertex); });
  check_apart(map, stamped);
  if (targets.all_cleared && !stamped.empty()) throw stamp_base_and_more();
  targets.revisions = map.ids(stamped);
  targets.cleared = map.ids(cleared.listed());
  return targets;
}

Plan plan_stamp(const RevisionMap& map, const Rows& rows, const StampTargets& targets) {
  Plan plan;
  plan.before = rows;
  std::vector<Row> left;
  for (const auto& row : rows) left.push_back({row, find_named(map, row)});
  clear(map, targets, left, plan.steps);
  for (const auto& id : targets.revisions) {
    stamp(map, *map.find_vertex(id), left, plan.steps);
  }
  plan.after = rows;
  for (const Step& step : plan.steps) {
    plan.after = apply_changes(std::move(plan.after), step.changes);
  }
  return plan;
}

}  // namespace revise::graph
