#include "engine/graph/topology.hpp"

#include <algorithm>
#include <utility>

namespace revise::graph {

bool VertexSet::insert(Vertex vertex) {
  if (member_[vertex] != 0) return false;
  member_[vertex] = 1;
  ++count_;
  return true;
}

void VertexSet::erase(Vertex vertex) {
  if (member_[vertex] == 0) return;
  member_[vertex] = 0;
  --count_;
}

std::vector<Vertex> VertexSet::listed() const {
  std::vector<Vertex> all;
  all.reserve(count_);
  for (Vertex vertex = 0; vertex < member_.size(); ++vertex) {
    if (member_[vertex] != 0) all.push_back(vertex);
  }
  return all;
}

namespace {

Topology::Graph linked(std::size_t size, const std::vector<Arc>& arcs) {
  std::vector<std::pair<Vertex, Vertex>> ends;
  std::vector<Topology::Edge> edges;
  ends.reserve(arcs.size());
  edges.reserve(arcs.size());
  for (const Arc& arc : arcs) {
    ends.emplace_back(arc.child, arc.parent);
    edges.push_back({arc.link});
  }
  return {boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), edges.begin(),
          size};
}

}  // namespace

Topology::Topology(std::size_t size, const std::vector<Arc>& arcs)
    : graph_(linked(size, arcs)) {}

std::vector<Vertex> Topology::parents(Vertex vertex, Edges edges) const {
  std::vector<Vertex> found;
  for_each_parent(vertex, edges, [&](Vertex parent) { found.push_back(parent); });
  return found;
}

std::vector<Vertex> Topology::children(Vertex vertex, Edges edges) const {
  std::vector<Vertex> found;
  for_each_child(vertex, edges, [&](Vertex child) { found.push_back(child); });
  return found;
}

std::size_t Topology::child_count(Vertex vertex, Edges edges) const {
  std::size_t count = 0;
  for_each_child(vertex, edges, [&](Vertex) { ++count; });
  return count;
}

std::vector<Vertex> Topology::heads(Edges edges) const {
  std::vector<Vertex> found;
  for (Vertex vertex = 0; vertex < size(); ++vertex) {
    if (child_count(vertex, edges) == 0) found.push_back(vertex);
  }
  return found;
}

VertexSet Topology::reach(const std::vector<Vertex>& from, Edges edges, Way way) const {
  VertexSet seen(size());
  std::vector<Vertex> open;
  const auto meet = [&](Vertex vertex) {
    if (seen.insert(vertex)) open.push_back(vertex);
  };
  for (const Vertex vertex : from) meet(vertex);
  while (!open.empty()) {
    const Vertex vertex = open.back();
    open.pop_back();
    if (way == Way::ToAncestors) {
      for_each_parent(vertex, edges, meet);
    } else {
      for_each_child(vertex, edges, meet);
    }
  }
  return seen;
}

// An edge r -> d is redundant when another that lists d is a strict ancestor of r by
// down_revision. So one walk up from those that list d meets every such r; it need
// not go beyond the last of them in topological order, which keeps it short.
void Topology::mark_redundant(const std::vector<std::vector<Vertex>>& listed,
                              const std::vector<Vertex>& sorted) {
  std::vector<std::size_t> rank(size());
  for (std::size_t place = 0; place < sorted.size(); ++place) {
    rank[sorted[place]] = place;
  }
  std::vector<std::vector<Vertex>> listing(size());
  for (const Vertex child : sorted) {
    for (const Vertex parent : listed[child]) {
      auto& listers = listing[parent];
      if (listers.empty() || listers.back() != child) listers.push_back(child);
    }
  }
  std::vector<Vertex> walk_that_met(size(), size());
  for (Vertex parent = 0; parent < size(); ++parent) {
    const auto& listers = listing[parent];
    if (listers.size() < 2) continue;
    const std::size_t last = rank[listers.back()];
    std::vector<Vertex> open = listers;
    while (!open.empty()) {
      const Vertex vertex = open.back();
      open.pop_back();
      for_each_child(vertex, Edges::Versioned, [&](Vertex child) {
        if (rank[child] > last || walk_that_met[child] == parent) return;
        walk_that_met[child] = parent;
        open.push_back(child);
      });
    }
    for (const Vertex child : listers) {
      if (walk_that_met[child] == parent) mark_redundant_towards(parent, child);
    }
  }
}

void Topology::mark_redundant_towards(Vertex parent, Vertex child) {
  for (const auto edge : boost::make_iterator_range(out_edges(child, graph_))) {
    Link& link = graph_[edge].link;
    if (target(edge, graph_) == parent && link == Link::Dependency) {
      link = Link::Redundant;
    }
  }
}

}  // namespace revise::graph
