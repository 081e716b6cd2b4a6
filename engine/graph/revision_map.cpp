#include "engine/graph/revision_map.hpp"

#include <algorithm>
#include <boost/graph/topological_sort.hpp>
#include <utility>

#include "engine/graph/branches.hpp"
#include "engine/graph/checks.hpp"
#include "engine/graph/messages.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

namespace {

// Parents before children.
std::vector<Vertex> sorted(const RevisionMap& map, const Topology& topology) {
  std::vector<Vertex> order;
  order.reserve(topology.size());
  try {
    boost::topological_sort(topology.graph(), std::back_inserter(order));
  } catch (const boost::not_a_dag&) {
    refuse_cycle(map, topology);
  }
  return order;
}

}  // namespace

RevisionMap::~RevisionMap() = default;
RevisionMap::RevisionMap(RevisionMap&&) noexcept = default;
RevisionMap& RevisionMap::operator=(RevisionMap&&) noexcept = default;

RevisionMap::RevisionMap(std::vector<Revision> revisions)
    : revisions_(std::move(revisions)) {
  for (const Revision& revision : revisions_) check_alone(revision);
  index_.reserve(revisions_.size());
  for (Vertex vertex = 0; vertex < revisions_.size(); ++vertex) {
    const auto [place, is_new] = index_.emplace(revisions_[vertex].revision, vertex);
    if (!is_new) throw repeated_id(revisions_[place->second], revisions_[vertex]);
  }
  declare_labels();
  const References references = resolve_references();
  auto topology = std::make_unique<Topology>(revisions_.size(), references.arcs);
  topology->mark_redundant(references.dependencies, sorted(*this, *topology));
  labels_ = effective_labels(*topology, declared_labels_);
  topology_ = std::move(topology);
}

void RevisionMap::declare_labels() {
  for (Vertex vertex = 0; vertex < revisions_.size(); ++vertex) {
    const Revision& revision = revisions_[vertex];
    for (const std::string& label : revision.branch_labels) {
      if (const auto user = find_key(label)) {
        throw repeated_label(label, revision, revisions_[*user]);
      }
      declared_labels_.emplace_back(label, vertex);
      labelled_.emplace(label, vertex);
    }
  }
}

References RevisionMap::resolve_references() const {
  References found;
  found.dependencies.resize(revisions_.size());
  found.arcs.reserve(revisions_.size() + revisions_.size() / 8);
  for (Vertex vertex = 0; vertex < revisions_.size(); ++vertex) {
    for (const std::string& key : revisions_[vertex].depends_on) {
      const auto parent = find_key(key);
      if (!parent) throw absent_reference(revisions_[vertex], key);
      found.dependencies[vertex].push_back(*parent);
    }
  }
  for (Vertex vertex = 0; vertex < revisions_.size(); ++vertex) {
    const std::size_t first = found.arcs.size();
    const auto add = [&](Vertex parent, Link link) {
      for (std::size_t i = first; i < found.arcs.size(); ++i) {
        if (found.arcs[i].parent == parent) return;
      }
      found.arcs.push_back({vertex, parent, link});
    };
    for (const std::string& id : revisions_[vertex].down_revisions) {
      const auto parent = find_vertex(id);
      if (!parent) throw absent_reference(revisions_[vertex], id);
      add(*parent, Link::Versioned);
    }
    for (const Vertex parent : found.dependencies[vertex])
      add(parent, Link::Dependency);
  }
  return found;
}

std::optional<Vertex> RevisionMap::find_vertex(std::string_view id) const {
  const auto place = index_.find(id);
  if (place == index_.end()) return std::nullopt;
  return place->second;
}

std::optional<Vertex> RevisionMap::find_key(std::string_view key) const {
  if (const auto vertex = find_vertex(key)) return vertex;
  const auto place = labelled_.find(key);
  if (place == labelled_.end()) return std::nullopt;
  return place->second;
}

Vertex RevisionMap::vertex(std::string_view id) const {
  const auto found = find_vertex(id);
  if (!found) throw no_such_revision(std::string(id));
  return *found;
}

const Revision* RevisionMap::find(std::string_view id) const {
  const auto found = find_vertex(id);
  return found ? &revisions_[*found] : nullptr;
}

const Revision& RevisionMap::at(std::string_view id) const {
  return revisions_[vertex(id)];
}

const Revision* RevisionMap::find_labelled(std::string_view label) const {
  const auto place = labelled_.find(label);
  return place == labelled_.end() ? nullptr : &revisions_[place->second];
}

std::vector<RevisionId> RevisionMap::ids(const std::vector<Vertex>& vertices) const {
  std::vector<RevisionId> all;
  all.reserve(vertices.size());
  for (const Vertex vertex : vertices) all.push_back(id(vertex));
  return all;
}

std::vector<RevisionId> RevisionMap::heads(Edges edges) const {
  return ids(topology_->heads(edges));
}

std::vector<RevisionId> RevisionMap::bases(Edges edges) const {
  std::vector<RevisionId> found;
  for (const Revision& revision : revisions_) {
    if (!revision.down_revisions.empty()) continue;
    if (edges == Edges::All && !revision.depends_on.empty()) continue;
    found.push_back(revision.revision);
  }
  return found;
}

std::vector<RevisionId> RevisionMap::children(std::string_view id, Edges edges) const {
  return ids(topology_->children(vertex(id), edges));
}

std::vector<RevisionId> RevisionMap::parents(std::string_view id, Edges edges) const {
  return ids(topology_->parents(vertex(id), edges));
}

std::vector<std::string> RevisionMap::labels(std::string_view id) const {
  const auto& found = labels_[vertex(id)];
  return {found.begin(), found.end()};
}

bool RevisionMap::carries_label(Vertex vertex, std::string_view label) const {
  return std::binary_search(labels_[vertex].begin(), labels_[vertex].end(), label);
}

bool RevisionMap::is_head(std::string_view id, Edges edges) const {
  return topology_->child_count(vertex(id), edges) == 0;
}

bool RevisionMap::is_branch_point(std::string_view id) const {
  return topology_->child_count(vertex(id), Edges::Versioned) > 1;
}

bool RevisionMap::is_merge_point(std::string_view id) const {
  return at(id).down_revisions.size() > 1;
}

}  // namespace revise::graph
