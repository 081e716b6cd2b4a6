#include "engine/graph/branches.hpp"

#include <algorithm>

#include "engine/graph/messages.hpp"
#include "engine/graph/symbols.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

namespace {

using Labels = std::vector<std::string_view>;  // sorted

void add(Labels& labels, const Labels& more) {
  for (const auto label : more) {
    const auto place = std::lower_bound(labels.begin(), labels.end(), label);
    if (place == labels.end() || *place != label) labels.insert(place, label);
  }
}

bool ends_branch(const Topology& topology, Vertex vertex) {
  return topology.child_count(vertex, Edges::All) > 1 ||
         topology.parents(vertex, Edges::Versioned).size() > 1;
}

// Down the line from `vertex`, until and without the first branch or merge point.
std::vector<Vertex> line_below(const Topology& topology, Vertex vertex) {
  std::vector<Vertex> line;
  for (;;) {
    const auto parents = topology.parents(vertex, Edges::Versioned);
    if (parents.empty()) return line;
    vertex = parents.front();
    if (ends_branch(topology, vertex)) return line;
    line.push_back(vertex);
  }
}

std::vector<Vertex> vertices_of(const RevisionMap& map,
                                const std::vector<RevisionId>& ids) {
  std::vector<Vertex> vertices;
  vertices.reserve(ids.size());
  for (const auto& id : ids) {
    const auto vertex = map.find_vertex(id);
    if (!vertex) throw no_such_revision(id);
    vertices.push_back(*vertex);
  }
  return vertices;
}

}  // namespace

// A revision hands on what it carries when its turn comes, in load order: what it
// inherited by then goes along, as it does in Alembic.
std::vector<Labels> effective_labels(
    const Topology& topology,
    const std::vector<std::pair<std::string, Vertex>>& declared) {
  std::vector<Labels> labels(topology.size());
  for (const auto& [label, vertex] : declared) add(labels[vertex], {label});
  Vertex done = topology.size();
  for (const auto& declaration : declared) {
    const Vertex vertex = declaration.second;
    if (vertex == done) continue;  // one turn a revision, however many labels
    done = vertex;
    const Labels handed_on = labels[vertex];
    const auto above =
        topology.reach({vertex}, Edges::Versioned, Way::ToDescendants).listed();
    bool is_line = true;
    for (const Vertex each : above) {
      add(labels[each], handed_on);
      is_line = is_line && !ends_branch(topology, each);
    }
    if (!is_line) continue;
    for (const Vertex each : line_below(topology, vertex)) add(labels[each], handed_on);
  }
  return labels;
}

std::vector<RevisionId> filter_lineage(const RevisionMap& map,
                                       const std::vector<RevisionId>& ids,
                                       const Symbol& symbol, Edges edges) {
  return map.ids(on_line(map, vertices_of(map, ids), symbol, edges));
}

std::vector<RevisionId> ancestors(const RevisionMap& map,
                                  const std::vector<RevisionId>& from, Edges edges) {
  return map.ids(
      map.topology().reach(vertices_of(map, from), edges, Way::ToAncestors).listed());
}

std::vector<RevisionId> descendants(const RevisionMap& map,
                                    const std::vector<RevisionId>& from, Edges edges) {
  return map.ids(
      map.topology().reach(vertices_of(map, from), edges, Way::ToDescendants).listed());
}

}  // namespace revise::graph
