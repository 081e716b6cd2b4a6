#include "engine/graph/version_rows.hpp"

#include <algorithm>
#include <utility>

#include "engine/graph/messages.hpp"
#include "engine/graph/symbols.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

namespace {

using Kind = RowChange::Kind;

}  // namespace

Rows apply_changes(Rows rows, const RowChanges& changes) {
  for (const RowChange& change : changes) {
    const auto place = std::find(rows.begin(), rows.end(), change.from);
    if (change.kind != Kind::Insert && place == rows.end()) {
      throw row_not_met(change.from, "is not there");
    }
    if (change.kind != Kind::Delete &&
        std::find(rows.begin(), rows.end(), change.to) != rows.end()) {
      throw row_not_met(change.to, "is there already");
    }
    switch (change.kind) {
      case Kind::Insert:
        rows.push_back(change.to);
        break;
      case Kind::Delete:
        rows.erase(place);
        break;
      case Kind::Update:
        *place = change.to;
        break;
    }
  }
  return rows;
}

VersionRows::VersionRows(const RevisionMap& map, const Rows& rows)
    : map_(&map), applied_(map.size(), 0), applied_children_(map.size(), 0) {
  std::vector<Vertex> open;
  for (const auto& row : rows) {
    const Vertex vertex = find_named(map, row);
    rows_[vertex].push_back(row);
    if (applied_[vertex] == 0) open.push_back(vertex);
    applied_[vertex] = 1;
  }
  while (!open.empty()) {
    const Vertex vertex = open.back();
    open.pop_back();
    map.topology().for_each_parent(vertex, Edges::All, [&](Vertex parent) {
      ++applied_children_[parent];
      if (applied_[parent] == 0) open.push_back(parent);
      applied_[parent] = 1;
    });
  }
  for (const auto& [vertex, texts] : rows_) {
    redundant_ = redundant_ || texts.size() > 1 || applied_children_[vertex] > 0;
  }
}

RowChanges VersionRows::upgrade(Vertex vertex) {
  const RevisionId& id = map_->id(vertex);
  if (is_applied(vertex)) throw step_out_of_turn(id, "it is applied already");
  std::vector<std::string> replaced;
  map_->topology().for_each_parent(vertex, Edges::All, [&](Vertex parent) {
    if (!is_applied(parent)) {
      throw step_out_of_turn(id, "'" + map_->id(parent) + "' must be applied before");
    }
    if (applied_children_[parent]++ > 0) return;
    auto row = rows_.extract(parent);
    replaced.insert(replaced.end(), row.mapped().begin(), row.mapped().end());
  });
  applied_[vertex] = 1;
  rows_[vertex] = {id};
  RowChanges changes;
  for (std::size_t i = 0; i + 1 < replaced.size(); ++i) {
    changes.push_back({Kind::Delete, replaced[i], {}});
  }
  if (replaced.empty()) {
    changes.push_back({Kind::Insert, {}, id});
  } else {
    changes.push_back({Kind::Update, replaced.back(), id});
  }
  delete_redundant(changes);
  return changes;
}

RowChanges VersionRows::downgrade(Vertex vertex) {
  const RevisionId& id = map_->id(vertex);
  if (!is_applied(vertex)) throw step_out_of_turn(id, "it is not applied");
  if (applied_children_[vertex] > 0) {
    throw step_out_of_turn(id, "something applied stands on it");
  }
  std::vector<RevisionId> uncovered;
  map_->topology().for_each_parent(vertex, Edges::All, [&](Vertex parent) {
    if (--applied_children_[parent] > 0) return;
    if (rows_.emplace(parent, std::vector{map_->id(parent)}).second) {
      uncovered.push_back(map_->id(parent));
    }
  });
  applied_[vertex] = 0;
  auto row = rows_.extract(vertex);
  auto& texts = row.mapped();
  RowChanges changes;
  for (std::size_t i = 0; i + 1 < uncovered.size(); ++i) {
    changes.push_back({Kind::Insert, {}, uncovered[i]});
  }
  if (uncovered.empty()) {
    changes.push_back({Kind::Delete, texts.front(), {}});
  } else {
    changes.push_back({Kind::Update, texts.front(), uncovered.back()});
  }
  for (std::size_t i = 1; i < texts.size(); ++i) {
    changes.push_back({Kind::Delete, texts[i], {}});
  }
  delete_redundant(changes);
  return changes;
}

Rows VersionRows::rows() const {
  std::vector<Vertex> vertices;
  for (const auto& row : rows_) vertices.push_back(row.first);
  std::sort(vertices.begin(), vertices.end());
  Rows rows;
  for (const Vertex vertex : vertices) {
    const auto& texts = rows_.at(vertex);
    rows.insert(rows.end(), texts.begin(), texts.end());
  }
  return rows;
}

// Rows that were in the table beside others that stand on them: the first step takes
// them away, so that from then on the rows are what they should be.
void VersionRows::delete_redundant(RowChanges& changes) {
  if (!redundant_) return;
  redundant_ = false;
  std::vector<Vertex> vertices;
  for (const auto& row : rows_) vertices.push_back(row.first);
  std::sort(vertices.begin(), vertices.end());
  for (const Vertex vertex : vertices) {
    auto& texts = rows_[vertex];
    const std::size_t kept = applied_children_[vertex] > 0 ? 0 : 1;
    for (std::size_t i = kept; i < texts.size(); ++i) {
      changes.push_back({Kind::Delete, texts[i], {}});
    }
    if (kept == 0) {
      rows_.erase(vertex);
    } else {
      texts.resize(1);
    }
  }
}

}  // namespace revise::graph
