#include <algorithm>

#include "engine/graph/selection.hpp"

namespace revise::graph {

namespace {

std::vector<std::string> spelled(const Target& upper) {
  std::vector<std::string> texts;
  if (const auto* several = std::get_if<Symbols>(&upper)) {
    for (const Symbol& symbol : *several) texts.push_back(symbol.text);
  } else {
    texts.push_back(spelling(upper));
  }
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

// The tips by down_revision of what `rows` stand on, in load order.
std::vector<Vertex> tips_of(const RevisionMap& map, const std::vector<Vertex>& rows) {
  const auto applied = map.topology().reach(rows, Edges::All, Way::ToAncestors);
  std::vector<Vertex> tips;
  for (const Vertex vertex : applied.listed()) {
    bool is_tip = true;
    map.topology().for_each_child(vertex, Edges::Versioned, [&](Vertex child) {
      is_tip = is_tip && !applied.contains(child);
    });
    if (is_tip) tips.push_back(vertex);
  }
  return tips;
}

DowngradeEnd down_from_rows(const RevisionMap& map, const Relative& target,
                            const Target& upper, Overrun overrun) {
  Place start;
  std::string branch = target.label;
  if (branch.empty()) {
    const auto rows = spelled(upper);
    if (rows.empty()) throw relative_too_far(target.offset);
    if (rows.size() > 1) throw ambiguous_downgrade(target, rows);
    branch = rows.front();
    start = place_of(map, parse_symbol(branch + "@" + branch));
  } else {
    const auto rows = revisions_of(places_of(map, upper));
    const Symbol symbol = parse_symbol(branch);
    auto starts = on_line(map, rows, symbol, Edges::Versioned);
    if (starts.empty()) {
      starts = on_line(map, tips_of(map, rows), symbol, Edges::Versioned);
    }
    if (starts.size() != 1) throw ambiguous_branch_tip(target, map.ids(starts));
    start = find_named(map, map.id(starts.front()), branch);
  }
  const auto reached = walk(map, start, target.steps, {}, overrun);
  if (!reached) throw relative_too_far(target.offset);
  return {branch, *reached};
}

DowngradeEnd counted_end(const RevisionMap& map, const Relative& target,
                         Overrun overrun) {
  const bool up = target.steps >= 0;
  const Place start =
      place_of(map, parse_symbol(up || target.label.empty()
                                     ? target.symbol
                                     : target.label + "@" + target.symbol));
  if (!start && target.steps < 0) throw walked_too_far();
  const auto reached =
      walk(map, start, target.steps, up ? target.label : std::string{}, overrun);
  if (!reached || (up && !*reached)) throw walked_too_far();
  return {target.label, *reached};
}

// Of what would have to go, what is on the branch or below it.
std::vector<Vertex> on_branch(const RevisionMap& map, const std::string& branch,
                              std::vector<Vertex> roots) {
  if (branch.empty() || roots.size() < 2) return roots;
  const auto below = map.topology().reach({find_named(map, branch)}, Edges::Versioned,
                                          Way::ToAncestors);
  std::erase_if(roots, [&](Vertex vertex) { return !below.contains(vertex); });
  if (roots.empty()) throw no_branch_to_drop();
  return roots;
}

std::vector<Vertex> roots_above(const RevisionMap& map, const Place& place, Ends ends) {
  if (place && ends == Ends::Inclusive) return {*place};
  if (place) return map.topology().children(*place, Edges::Versioned);
  std::vector<Vertex> bases;
  for (const auto& id : map.bases(Edges::Versioned)) {
    bases.push_back(*map.find_vertex(id));
  }
  return bases;
}

}  // namespace

DowngradeEnd downgrade_end(const RevisionMap& map, const Target& upper,
                           const Target& lower, Overrun overrun) {
  if (const auto* relative = std::get_if<Relative>(&lower)) {
    if (!relative->symbol.empty()) return counted_end(map, *relative, overrun);
    if (relative->steps >= 0) throw relative_too_far(relative->offset);
    return down_from_rows(map, *relative, upper, overrun);
  }
  const Symbol& symbol = std::get<Symbol>(lower);
  return {symbol.label, place_of(map, symbol)};
}

Selection select_downward(const RevisionMap& map, const Target& upper,
                          const Target& lower, const SelectionOptions& options) {
  const Topology& topology = map.topology();
  const auto [branch, place] = downgrade_end(map, upper, lower, options.overrun);
  const auto roots = on_branch(map, branch, roots_above(map, place, options.ends));
  const auto heads = revisions_of(places_of(map, upper));
  const auto above = topology.reach(roots, Edges::All, Way::ToDescendants);
  const auto below = topology.reach(roots, Edges::All, Way::ToAncestors);
  VertexSet dropped(map.size());
  for (const Vertex active :
       topology.reach(heads, Edges::All, Way::ToAncestors).listed()) {
    if (above.contains(active) ||
        (options.scope == Scope::Everything && !below.contains(active))) {
      dropped.insert(active);
    }
  }
  if (place && dropped.empty() &&
      std::find(heads.begin(), heads.end(), *place) == heads.end()) {
    throw not_an_ancestor(spelling(lower), spelling(upper));
  }
  return {map.ids(dropped.listed()), map.ids(heads)};
}

}  // namespace revise::graph
