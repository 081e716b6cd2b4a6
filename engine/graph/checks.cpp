#include "engine/graph/checks.hpp"

#include <algorithm>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>

#include "engine/core/text.hpp"
#include "engine/graph/messages.hpp"

namespace revise::graph {

namespace {

using Kind = RevisionErrorKind;

bool has(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// Ids that no walk from the heads and from the bases meets both, sorted; all of them,
// in load order, where there is no head or no base. As _detect_cycles, 1.19.
Ids unreached(const RevisionMap& map, const Topology& topology, Edges edges) {
  std::vector<Vertex> bases;
  for (const RevisionId& id : map.bases(edges)) bases.push_back(*map.find_vertex(id));
  const auto heads = topology.heads(edges);
  const auto below = topology.reach(heads, edges, Way::ToAncestors);
  const auto above = topology.reach(bases, edges, Way::ToDescendants);
  Ids missing;
  for (Vertex vertex = 0; vertex < topology.size(); ++vertex) {
    if (!below.contains(vertex) || !above.contains(vertex)) {
      missing.push_back(map.id(vertex));
    }
  }
  if (!heads.empty() && !bases.empty()) std::sort(missing.begin(), missing.end());
  return missing;
}

struct IsVersioned {
  const Topology::Graph* graph = nullptr;
  bool operator()(const Topology::Graph::edge_descriptor& edge) const {
    return (*graph)[edge].link == Link::Versioned;
  }
};

// The first strong component, in load order, that has several members; sorted.
template <typename Graph>
Ids members(const RevisionMap& map, const Graph& graph) {
  const std::size_t size = num_vertices(graph);
  std::vector<std::size_t> component(size);
  boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(),
                                               get(boost::vertex_index, graph)));
  std::vector<std::size_t> sizes(size, 0);
  for (const std::size_t each : component) ++sizes[each];
  Ids found;
  std::size_t chosen = size;
  for (Vertex vertex = 0; vertex < size; ++vertex) {
    if (chosen == size && sizes[component[vertex]] > 1) chosen = component[vertex];
    if (component[vertex] == chosen) found.push_back(map.id(vertex));
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

void check_alone(const Revision& revision) {
  const RevisionId& id = revision.revision;
  if (id.empty()) throw empty_id(revision);
  if (has(revision.down_revisions, id)) throw self_loop(revision);
  if (has(revision.depends_on, id)) throw dependency_self_loop(revision);
  std::string illegal;
  for (const char character : {'+', '-', ':', '@'}) {
    if (id.find(character) != std::string::npos) illegal += character;
  }
  if (!illegal.empty()) throw illegal_characters(revision, illegal);
}

void refuse_cycle(const RevisionMap& map, const Topology& topology) {
  const auto& graph = topology.graph();
  const Ids versioned = members(
      map,
      boost::filtered_graph<Topology::Graph, IsVersioned>(graph, IsVersioned{&graph}));
  const Ids culprits = versioned.empty() ? members(map, graph) : versioned;
  const auto refuse = [&](const Ids& ids, Kind kind) {
    auto error = cycle(ids, kind);
    for (const RevisionId& id : culprits) {
      const std::string& origin = map.at(id).origin;
      error.add_note("in the cycle: " + id + (origin.empty() ? "" : " in " + origin));
    }
    throw error;
  };
  for (const auto& [edges, kind] : {
           std::pair{Edges::Versioned, Kind::Cycle          },
           {Edges::All,       Kind::DependencyCycle}
  }) {
    const Ids listed = unreached(map, topology, edges);
    if (!listed.empty()) refuse(listed, kind);
    if (edges == Edges::Versioned && !versioned.empty()) refuse(versioned, kind);
  }
  refuse(culprits, Kind::DependencyCycle);
  __builtin_unreachable();
}

}  // namespace revise::graph
