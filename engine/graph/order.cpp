#include "engine/graph/order.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "engine/graph/first_parents.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

// Alembic keeps a list of places ("slots"), of which one is current, and for each
// place the set of its ancestors; a place is emitted once no other slot has it among
// these. Here a count of children not yet emitted says the same: a slot above a place
// means such a child. Slots are replaced in place, appended or deleted, so that their
// numbers keep their order, and a linked list does for the rest.
//
// From a place that may not be emitted yet the walk goes on at the lowest slot above
// it. A slot that is not above a place never comes to be: it only moves downwards. So
// each place remembers up to where there is none, and the next slot is asked first.
class Walk {
 public:
  Walk(const RevisionMap& map, const Selection& selection);

  std::vector<RevisionId> run();

 private:
  struct Slot {
    Vertex vertex;
    std::size_t previous;
    std::size_t next;
  };

  void count_children(const std::vector<Vertex>& tips);
  std::vector<Vertex> starts(const Selection& selection) const;
  void append(Vertex vertex);
  void remove_current();
  void advance(Vertex vertex);
  void emit(Vertex vertex);
  std::size_t slot_from(std::size_t number);
  std::size_t lowest_slot_above(Vertex vertex);
  std::size_t search_slot_above(Vertex vertex);

  const RevisionMap& map_;
  const Topology& graph_;
  const FirstParents first_parents_;
  VertexSet pending_;
  std::vector<std::size_t> open_children_;
  std::vector<std::size_t> slot_of_;      // kNone: in no slot
  std::vector<std::size_t> searched_by_;  // the search that met it last
  std::size_t searches_ = 0;
  std::vector<std::size_t> no_slot_before_;  // of each place: lower ones are not above
  std::vector<Slot> slots_;
  std::vector<std::size_t> next_slot_;  // itself, or a later one where it is removed
  std::size_t first_ = kNone;
  std::size_t last_ = kNone;
  std::size_t current_ = kNone;
  std::vector<RevisionId> emitted_;
};

Walk::Walk(const RevisionMap& map, const Selection& selection)
    : map_(map),
      graph_(map.topology()),
      first_parents_(graph_),
      pending_(map.size()),
      open_children_(map.size(), 0),
      slot_of_(map.size(), kNone),
      searched_by_(map.size(), 0),
      no_slot_before_(map.size(), 0) {
  for (const auto& id : selection.revisions) pending_.insert(*map.find_vertex(id));
  emitted_.reserve(selection.revisions.size());
  const auto tips = starts(selection);
  count_children(tips);
  for (const Vertex tip : tips) append(tip);
  current_ = first_;
}

// The tips to walk, and what pends but is above or beside all of them: a range may
// end in a revision that only depends on its line.
std::vector<Vertex> Walk::starts(const Selection& selection) const {
  VertexSet chosen(map_.size());
  for (const auto& id : selection.tips) {
    const Vertex tip = *map_.find_vertex(id);
    if (pending_.contains(tip)) chosen.insert(tip);
  }
  VertexSet met(map_.size());
  std::vector<Vertex> open = chosen.listed();
  const auto meet = [&](Vertex vertex) {
    if (pending_.contains(vertex) && met.insert(vertex)) open.push_back(vertex);
  };
  for (const Vertex tip : open) met.insert(tip);
  while (!open.empty()) {
    const Vertex vertex = open.back();
    open.pop_back();
    graph_.for_each_parent(vertex, Edges::All, meet);
  }
  if (met.count() == pending_.count()) return chosen.listed();
  for (const Vertex vertex : pending_.listed()) {
    if (met.contains(vertex)) continue;
    bool is_tip = true;
    graph_.for_each_child(vertex, Edges::All, [&](Vertex child) {
      is_tip = is_tip && !pending_.contains(child);
    });
    if (is_tip) chosen.insert(vertex);
  }
  return chosen.listed();
}

// Counts over all that the tips stand on, pending or not: a way from one pending
// revision to another may lead over one that is not.
void Walk::count_children(const std::vector<Vertex>& tips) {
  const auto below = graph_.reach(tips, Edges::All, Way::ToAncestors);
  for (const Vertex vertex : below.listed()) {
    graph_.for_each_parent(vertex, Edges::All,
                           [&](Vertex parent) { ++open_children_[parent]; });
  }
}

void Walk::append(Vertex vertex) {
  slot_of_[vertex] = slots_.size();
  next_slot_.push_back(slots_.size());
  slots_.push_back({vertex, last_, kNone});
  (last_ == kNone ? first_ : slots_[last_].next) = slot_of_[vertex];
  last_ = slot_of_[vertex];
}

void Walk::remove_current() {
  const Slot slot = slots_[current_];
  ++next_slot_[current_];
  (slot.previous == kNone ? first_ : slots_[slot.previous].next) = slot.next;
  (slot.next == kNone ? last_ : slots_[slot.next].previous) = slot.previous;
  current_ = slot.previous == kNone ? first_ : slot.previous;
}

// What is not to be emitted counts as emitted when all above it is.
void Walk::emit(Vertex vertex) {
  if (pending_.contains(vertex)) emitted_.push_back(map_.id(vertex));
  pending_.erase(vertex);
  std::vector<Vertex> open{vertex};
  while (!open.empty()) {
    const Vertex gone = open.back();
    open.pop_back();
    graph_.for_each_parent(gone, Edges::All, [&](Vertex parent) {
      if (--open_children_[parent] == 0 && !pending_.contains(parent)) {
        open.push_back(parent);
      }
    });
  }
}

void Walk::advance(Vertex vertex) {
  slot_of_[vertex] = kNone;
  bool is_replaced = false;
  graph_.for_each_parent(vertex, Edges::All, [&](Vertex parent) {
    if (!pending_.contains(parent) || slot_of_[parent] != kNone) return;
    if (is_replaced) {
      append(parent);
    } else {
      slots_[current_].vertex = parent;
      slot_of_[parent] = current_;
      is_replaced = true;
    }
  });
  if (!is_replaced) remove_current();
}

// The lowest slot that is not removed and not below `number`, which there must be.
std::size_t Walk::slot_from(std::size_t number) {
  assert(number <= last_);
  while (next_slot_[number] != number) {
    const std::size_t next = next_slot_[number];
    next_slot_[number] = next_slot_[next];
    number = next;
  }
  return number;
}

std::size_t Walk::lowest_slot_above(Vertex vertex) {
  std::size_t& lowest = no_slot_before_[vertex];
  lowest = slot_from(lowest);
  if (lowest == slot_of_[vertex]) lowest = slot_from(lowest + 1);
  if (!first_parents_.lead(slots_[lowest].vertex, vertex)) {
    lowest = search_slot_above(vertex);
  }
  return lowest;
}

std::size_t Walk::search_slot_above(Vertex vertex) {
  ++searches_;
  std::size_t lowest = kNone;
  std::vector<Vertex> open{vertex};
  while (!open.empty()) {
    const Vertex below = open.back();
    open.pop_back();
    graph_.for_each_child(below, Edges::All, [&](Vertex child) {
      if (searched_by_[child] == searches_) return;
      searched_by_[child] = searches_;
      lowest = std::min(lowest, slot_of_[child]);
      if (open_children_[child] > 0) open.push_back(child);
    });
  }
  return lowest;
}

std::vector<RevisionId> Walk::run() {
  while (current_ != kNone) {
    const Vertex vertex = slots_[current_].vertex;
    if (open_children_[vertex] > 0) {
      current_ = lowest_slot_above(vertex);
      continue;
    }
    emit(vertex);
    advance(vertex);
  }
  return std::move(emitted_);
}

}  // namespace

std::vector<RevisionId> newest_first(const RevisionMap& map,
                                     const Selection& selection) {
  return Walk(map, selection).run();
}

std::vector<RevisionId> newest_first(const RevisionMap& map) {
  Selection all;
  for (const Revision& revision : map.revisions()) {
    all.revisions.push_back(revision.revision);
  }
  all.tips = map.heads(Edges::All);
  return newest_first(map, all);
}

}  // namespace revise::graph
