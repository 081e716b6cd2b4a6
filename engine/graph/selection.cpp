#include "engine/graph/selection.hpp"

#include <algorithm>

namespace revise::graph {

namespace {

// `from` and all that it stands on, or that stands on it. Throws if one of `from` is
// met from another.
VertexSet reach_apart(const RevisionMap& map, const std::vector<Vertex>& from,
                      Edges edges, Way way) {
  const Topology& topology = map.topology();
  VertexSet asked(map.size());
  for (const Vertex vertex : from) asked.insert(vertex);
  VertexSet seen(map.size());
  for (const Vertex start : from) {
    VertexSet others(map.size());
    if (!seen.insert(start)) continue;
    std::vector<Vertex> open{start};
    std::vector<Vertex> overlapping;
    const auto meet = [&](Vertex vertex) {
      if (asked.contains(vertex) && vertex != start) overlapping.push_back(vertex);
      if (seen.insert(vertex)) open.push_back(vertex);
    };
    while (!open.empty()) {
      const Vertex vertex = open.back();
      open.pop_back();
      if (way == Way::ToAncestors) {
        topology.for_each_parent(vertex, edges, meet);
      } else {
        topology.for_each_child(vertex, edges, meet);
      }
    }
    if (overlapping.empty()) continue;
    std::sort(overlapping.begin(), overlapping.end());
    overlapping.erase(std::unique(overlapping.begin(), overlapping.end()),
                      overlapping.end());
    throw overlaps(map.id(start), map.ids(overlapping));
  }
  return seen;
}

// Each of `places` a revision; `offset` is what was counted to get there.
std::vector<Vertex> upgrade_ends(const std::vector<Place>& places,
                                 std::string_view offset) {
  for (const Place& place : places) {
    if (!place) throw relative_too_far(offset);
  }
  return revisions_of(places);
}

// Where on the branch `label` a count starts that starts from the rows: the rows on
// it, else the tips of what they stand on there, else base.
std::vector<Place> starts_on_branch(const RevisionMap& map, const std::string& label,
                                    const std::vector<Vertex>& rows) {
  const Symbol branch = parse_symbol(label);
  std::vector<Vertex> starts = on_line(map, rows, branch, Edges::Versioned);
  if (starts.empty()) {
    const auto applied =
        map.topology().reach(rows, Edges::All, Way::ToAncestors).listed();
    const auto active = on_line(map, applied, branch, Edges::Versioned);
    VertexSet covered(map.size());
    for (const Vertex vertex : active) {
      map.topology().for_each_parent(vertex, Edges::All,
                                     [&](Vertex parent) { covered.insert(parent); });
    }
    for (const Vertex vertex : active) {
      if (!covered.contains(vertex)) starts.push_back(vertex);
    }
  }
  if (starts.empty()) return {std::nullopt};
  return {starts.begin(), starts.end()};
}

std::vector<std::string> texts_of(const Target& target) {
  if (const auto* several = std::get_if<Symbols>(&target)) {
    std::vector<std::string> texts;
    for (const Symbol& symbol : *several) texts.push_back(symbol.text);
    return texts;
  }
  return {spelling(target)};
}

Vertex up_from_rows(const RevisionMap& map, const Relative& target, const Target& lower,
                    Overrun overrun) {
  const auto rows = texts_of(lower);
  std::vector<Place> starts;
  if (!target.label.empty()) {
    starts = starts_on_branch(map, target.label, revisions_of(places_of(map, lower)));
  } else if (rows.size() > 1) {
    throw ambiguous_upgrade(rows);
  } else {
    starts = {rows.empty() ? std::nullopt : place_of(map, parse_symbol(rows.front()))};
  }
  if (starts.size() > 1) throw ambiguous_upgrade(map.ids(revisions_of(starts)));
  const auto reached = walk(map, starts.front(), target.steps, target.label, overrun);
  if (!reached || !*reached) throw relative_too_far(target.offset);
  return **reached;
}

Place counted_from(const RevisionMap& map, const Relative& target) {
  const Place start =
      place_of(map, parse_symbol(target.label.empty() || target.steps > 0
                                     ? target.symbol
                                     : target.label + "@" + target.symbol));
  if (!start && target.steps < 0) throw relative_too_far(target.offset);
  return start;
}

std::vector<Vertex> upgrade_targets(const RevisionMap& map, const Target& upper,
                                    const Target& lower, Overrun overrun) {
  const auto* relative = std::get_if<Relative>(&upper);
  if (relative == nullptr) return upgrade_ends(places_of(map, upper), spelling(upper));
  if (relative->symbol.empty()) {
    if (relative->steps == 0) throw relative_too_far("0");
    if (relative->steps < 0) throw relative_too_far(relative->offset);
    return {up_from_rows(map, *relative, lower, overrun)};
  }
  const auto reached =
      walk(map, counted_from(map, *relative), relative->steps,
           relative->steps > 0 ? relative->label : std::string{}, overrun);
  return upgrade_ends({reached.value_or(std::nullopt)}, relative->offset);
}

// `L@...` as the lower end: of the targets, those that carry the label stay.
void keep_branch(const RevisionMap& map, const Target& lower,
                 std::vector<Vertex>& targets) {
  if (std::holds_alternative<Symbols>(lower)) return;
  const std::string text = spelling(lower);
  const auto at = text.find('@');
  if (at == std::string::npos) return;
  std::string label = text.substr(0, at);
  const Place place = place_of(map, parse_symbol(label));
  if (place && map.id(*place) == label) {
    const auto labels = map.labels(label);
    if (labels.size() != 1) throw no_label_to_filter(label, labels.size());
    label = labels.front();
  }
  std::erase_if(targets,
                [&](Vertex vertex) { return !map.carries_label(vertex, label); });
}

// Throws unless each of `places` is among what the upper end needs.
void check_below(const VertexSet& needed, const std::vector<Place>& places,
                 const Target& upper, const Target& lower, Scope scope) {
  if (scope == Scope::Everything) return;
  for (const Place& place : places) {
    if (place && needed.contains(*place)) continue;
    throw not_an_ancestor(spelling(lower), spelling(upper));
  }
}

// The lower end of a range. `-N` counts from the heads; where the first of these is
// not that far from base, it counts from the upper end, as Alembic does.
std::vector<Vertex> lower_end(const RevisionMap& map, const VertexSet& needed,
                              const Target& upper, const Target& lower,
                              const SelectionOptions& options) {
  const auto* relative = std::get_if<Relative>(&lower);
  if (relative == nullptr || !relative->symbol.empty() || relative->steps >= 0) {
    const auto places = places_of(map, lower);
    check_below(needed, places, upper, lower, options.scope);
    return revisions_of(places);
  }
  const auto walks = down_from_heads(map, relative->steps, relative->label);
  std::vector<Place> places;
  for (const auto& reached : walks) {
    if (reached) places.push_back(*reached);
  }
  check_below(needed, places, upper, lower, options.scope);
  if (!walks.empty() && !walks.front()) {
    return revisions_of({downgrade_end(map, upper, lower, options.overrun).place});
  }
  if (places.size() < walks.size()) throw relative_too_far(relative->offset);
  return revisions_of(places);
}

Selection selected(const RevisionMap& map, const VertexSet& members,
                   const std::vector<Vertex>& tips) {
  return {map.ids(members.listed()), map.ids(tips)};
}

}  // namespace

Selection select_upward(const RevisionMap& map, const Target& upper,
                        const Target& lower, const SelectionOptions& options) {
  auto targets = upgrade_targets(map, upper, lower, options.overrun);
  keep_branch(map, lower, targets);
  auto needed = reach_apart(map, targets, Edges::All, Way::ToAncestors);
  const auto current = lower_end(map, needed, upper, lower, options);
  const auto had = reach_apart(map, current, Edges::All, Way::ToAncestors);
  for (const Vertex vertex : had.listed()) needed.erase(vertex);
  if (options.ends == Ends::Inclusive) {
    for (const Vertex vertex : current) needed.insert(vertex);
  }
  if (!current.empty() && options.scope == Scope::Downstream) {
    const auto above = reach_apart(map, current, Edges::Versioned, Way::ToDescendants);
    for (const Vertex vertex : needed.listed()) {
      if (!above.contains(vertex)) needed.erase(vertex);
    }
  }
  return selected(map, needed, targets);
}

}  // namespace revise::graph
