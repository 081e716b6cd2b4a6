#include "engine/graph/resolve.hpp"

#include <algorithm>

#include "engine/graph/selection.hpp"
#include "engine/graph/symbols.hpp"
#include "engine/graph/topology.hpp"

namespace revise::graph {

namespace {

Resolved named(const RevisionMap& map, const Place& place) {
  if (!place) return std::nullopt;
  return map.id(*place);
}

std::vector<Resolved> named(const RevisionMap& map, const std::vector<Place>& places) {
  std::vector<Resolved> ids;
  for (const Place& place : places) ids.push_back(named(map, place));
  return ids;
}

Target end_of(const RangeEnd& end, const char* word) {
  if (const auto* text = std::get_if<std::string>(&end)) {
    return parse_target(text->empty() ? word : *text);
  }
  const auto& rows = std::get<Rows>(end);
  if (rows.empty()) return parse_symbol(word);
  return parse_symbols(rows);
}

}  // namespace

Resolved resolve_one(const RevisionMap& map, const Symbol& symbol) {
  return named(map, place_of(map, symbol));
}

std::vector<Resolved> resolve_all(const RevisionMap& map, const Symbol& symbol) {
  return named(map, places_of(map, symbol));
}

std::vector<Resolved> resolve_all(const RevisionMap& map, const Symbols& symbols) {
  return named(map, places_of(map, symbols));
}

std::vector<RevisionId> resolve_rows(const RevisionMap& map, const Rows& rows) {
  std::vector<RevisionId> ids;
  for (const auto& row : rows) ids.push_back(map.id(find_named(map, row)));
  return ids;
}

Resolved resolve_head(const RevisionMap& map, const std::string& label) {
  return named(map, head_of(map, label));
}

std::vector<RevisionId> resolve_bases(const RevisionMap& map, const Symbol& symbol) {
  std::vector<Vertex> bases;
  for (const auto& id : map.bases(Edges::Versioned)) {
    bases.push_back(*map.find_vertex(id));
  }
  return map.ids(on_line(map, bases, symbol, Edges::Versioned));
}

std::vector<RevisionId> resolve_current(const RevisionMap& map, const Rows& rows) {
  const auto current = revisions_of(places_of(map, parse_symbols(rows)));
  const auto applied = map.topology().reach(current, Edges::All, Way::ToAncestors);
  std::vector<RevisionId> tips;
  for (const Vertex vertex : applied.listed()) {
    bool is_tip = true;
    map.topology().for_each_child(vertex, Edges::Versioned, [&](Vertex child) {
      is_tip = is_tip && !applied.contains(child);
    });
    if (is_tip) tips.push_back(map.id(vertex));
  }
  return tips;
}

Selection resolve_upgrade(const RevisionMap& map, const Rows& rows,
                          const Target& target) {
  return select_upward(map, target, parse_symbols(rows), {.scope = Scope::Everything});
}

Selection resolve_downgrade(const RevisionMap& map, const Rows& rows,
                            const Target& target) {
  return select_downward(map, parse_symbols(rows), target, {});
}

Selection resolve_history(const RevisionMap& map, const RangeEnd& start,
                          const RangeEnd& end) {
  return select_upward(map, end_of(end, "heads"), end_of(start, "base"),
                       {.ends = Ends::Inclusive, .overrun = Overrun::Stay});
}

Selection resolve_pending(const RevisionMap& map, const Rows& rows) {
  return resolve_upgrade(map, rows, parse_symbol("heads"));
}

}  // namespace revise::graph
