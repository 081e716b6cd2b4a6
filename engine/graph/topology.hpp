/// The bare graph on Boost.Graph: places in load order, and edges between them.
///
/// Knows no ids and no texts; those are revision_map.hpp's. Included by this layer's
/// sources alone, as Boost's headers are slow to compile.

#pragma once

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/range/iterator_range.hpp>
#include <cstdint>
#include <vector>

#include "engine/graph/revision_map.hpp"

namespace revise::graph {

/// What an edge from a revision to another stands for.
enum class Link : std::uint8_t {
  Versioned,   ///< down_revision
  Dependency,  ///< depends_on
  Redundant,   ///< depends_on that an ancestor by down_revision lists already
};

/// `child` revises or depends on `parent`.
struct Arc {
  Vertex child;
  Vertex parent;
  Link link;
};

/// What revisions refer to, looked up.
struct References {
  std::vector<Arc> arcs = {};                          ///< each parent once a child
  std::vector<std::vector<Vertex>> dependencies = {};  ///< of each, as declared
};

/// Which way a walk goes.
enum class Way { ToAncestors, ToDescendants };

/// A set of places, for membership and for listing in load order.
class VertexSet {
 public:
  explicit VertexSet(std::size_t size) : member_(size, 0) {}

  bool contains(Vertex vertex) const { return member_[vertex] != 0; }
  /// Whether it was not in yet.
  bool insert(Vertex vertex);
  void erase(Vertex vertex);
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  std::vector<Vertex> listed() const;

 private:
  std::vector<std::uint8_t> member_;
  std::size_t count_ = 0;
};

class Topology {
 public:
  struct Edge {
    Link link;
  };
  using Graph = boost::compressed_sparse_row_graph<boost::bidirectionalS,
                                                   boost::no_property, Edge>;

  /// `arcs` in load order of the child, then in declared order.
  Topology(std::size_t size, const std::vector<Arc>& arcs);

  std::size_t size() const { return boost::num_vertices(graph_); }
  const Graph& graph() const { return graph_; }

  /// Calls `visit(parent)` in declared order; Edges::All leaves out Redundant ones,
  /// by which nothing is reached that is not reached without.
  template <typename Visit>
  void for_each_parent(Vertex vertex, Edges edges, Visit visit) const {
    for (const auto edge : boost::make_iterator_range(out_edges(vertex, graph_))) {
      const Link link = graph_[edge].link;
      if (link == Link::Versioned ||
          (link == Link::Dependency && edges == Edges::All)) {
        visit(target(edge, graph_));
      }
    }
  }

  /// Calls `visit(child)` in load order; Edges::All counts Redundant ones.
  template <typename Visit>
  void for_each_child(Vertex vertex, Edges edges, Visit visit) const {
    for (const auto edge : boost::make_iterator_range(in_edges(vertex, graph_))) {
      if (graph_[edge].link == Link::Versioned || edges == Edges::All) {
        visit(source(edge, graph_));
      }
    }
  }

  std::vector<Vertex> parents(Vertex vertex, Edges edges) const;
  std::vector<Vertex> children(Vertex vertex, Edges edges) const;
  std::size_t child_count(Vertex vertex, Edges edges) const;

  /// Places without children, in load order.
  std::vector<Vertex> heads(Edges edges) const;

  /// `from` and all that is reached from it.
  VertexSet reach(const std::vector<Vertex>& from, Edges edges, Way way) const;

  /// Marks as Redundant each edge whose end an ancestor of its start lists too.
  /// `listed[v]`: what v depends on, as declared. `sorted`: parents first.
  void mark_redundant(const std::vector<std::vector<Vertex>>& listed,
                      const std::vector<Vertex>& sorted);

 private:
  void mark_redundant_towards(Vertex parent, Vertex child);

  Graph graph_;
};

}  // namespace revise::graph
