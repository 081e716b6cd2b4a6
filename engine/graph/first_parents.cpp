#include "engine/graph/first_parents.hpp"

namespace revise::graph {

FirstParents::FirstParents(const Topology& graph)
    : entered_(graph.size()), size_(graph.size(), 1) {
  const std::size_t none = graph.size();
  std::vector<Vertex> first(graph.size(), none);
  std::vector<Vertex> open;
  for (Vertex vertex = 0; vertex < graph.size(); ++vertex) {
    graph.for_each_parent(vertex, Edges::All, [&](Vertex parent) {
      if (first[vertex] == none) first[vertex] = parent;
    });
    if (first[vertex] == none) open.push_back(vertex);
  }
  std::vector<Vertex> entered;
  entered.reserve(graph.size());
  while (!open.empty()) {
    const Vertex vertex = open.back();
    open.pop_back();
    entered_[vertex] = entered.size();
    entered.push_back(vertex);
    graph.for_each_child(vertex, Edges::All, [&](Vertex child) {
      if (first[child] == vertex) open.push_back(child);
    });
  }
  for (auto vertex = entered.rbegin(); vertex != entered.rend(); ++vertex) {
    if (first[*vertex] != none) size_[first[*vertex]] += size_[*vertex];
  }
}

}  // namespace revise::graph
