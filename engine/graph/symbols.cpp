#include "engine/graph/symbols.hpp"

#include <algorithm>
#include <charconv>

namespace revise::graph {

namespace {

constexpr std::size_t kMinKeyLength = 4;  // shorter ids and labels are named in full

Symbol bare(const std::string& name) { return {name, {}, name}; }

// Ids first and then labels, both in load order.
std::vector<std::pair<std::string, Vertex>> keys_starting(const RevisionMap& map,
                                                          const std::string& prefix) {
  std::vector<std::pair<std::string, Vertex>> found;
  const auto consider = [&](const std::string& key, Vertex vertex) {
    if (key.size() >= kMinKeyLength && key.starts_with(prefix)) {
      found.emplace_back(key, vertex);
    }
  };
  for (Vertex vertex = 0; vertex < map.size(); ++vertex) {
    consider(map.id(vertex), vertex);
  }
  for (const auto& [label, vertex] : map.declared_labels()) consider(label, vertex);
  return found;
}

Vertex branch_of(const RevisionMap& map, const std::string& label) {
  if (const auto exact = map.find_key(label)) return *exact;
  try {
    return find_named(map, label);
  } catch (const RevisionError& cause) {
    auto error = no_such_branch(label);
    for (const auto& note : cause.notes()) error.add_note(note);
    throw error;
  }
}

Vertex find_by_prefix(const RevisionMap& map, const std::string& name,
                      const std::string& label) {
  auto found = keys_starting(map, name);
  if (!label.empty() && !found.empty()) {
    std::vector<Vertex> vertices;
    for (const auto& [key, vertex] : found) vertices.push_back(vertex);
    const auto kept = on_line(map, vertices, bare(label), Edges::Versioned);
    std::erase_if(found, [&](const auto& each) {
      return std::find(kept.begin(), kept.end(), each.second) == kept.end();
    });
  }
  if (found.empty()) throw no_such_revision(name);
  if (found.size() == 1) return found.front().second;
  Ids keys;
  for (const auto& each : found) keys.push_back(each.first);
  throw several_start_with(name, keys);
}

// "-2" -> -2; anything else is no count.
std::optional<long> negative(const std::string& name) {
  if (name.size() < 2 || name.front() != '-') return std::nullopt;
  long value = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), value);
  if (end != name.data() + name.size() || error != std::errc{} || value >= 0) {
    return std::nullopt;
  }
  return value;
}

std::vector<Place> counted_from_heads(const RevisionMap& map, long steps,
                                      const std::string& label) {
  std::vector<Place> places;
  for (const auto& reached : down_from_heads(map, steps, label)) {
    if (!reached) throw relative_too_far(std::to_string(steps));
    places.push_back(*reached);
  }
  return places;
}

// Where a walk may go on; an empty place is base.
std::vector<Place> next_places(const RevisionMap& map, Place from, bool up,
                               const std::string& label) {
  const Topology& topology = map.topology();
  std::vector<Vertex> next;
  if (up) {
    if (from) {
      next = topology.children(*from, Edges::Versioned);
    } else {
      for (const auto& id : map.bases(Edges::Versioned)) {
        next.push_back(*map.find_vertex(id));
      }
    }
    if (!label.empty()) {
      next = on_line(map, next, parse_symbol(label), Edges::Versioned);
    }
  } else if (from) {
    const auto& downs = map.revisions()[*from].down_revisions;
    if (downs.empty()) return {std::nullopt};
    for (const auto& id : downs) next.push_back(*map.find_vertex(id));
  }
  return {next.begin(), next.end()};
}

}  // namespace

Vertex find_named(const RevisionMap& map, const std::string& name,
                  const std::string& label) {
  const std::optional<Vertex> branch =
      label.empty() ? std::nullopt : std::optional(branch_of(map, label));
  const auto exact = map.find_key(name);
  const Vertex found = exact ? *exact : find_by_prefix(map, name, label);
  if (branch &&
      on_line(map, {found}, bare(map.id(*branch)), Edges::Versioned).empty()) {
    throw not_on_branch(map.id(found), label, name);
  }
  return found;
}

std::vector<std::string> names_of(const RevisionMap& map, const Symbol& symbol) {
  if (symbol.name == "base") return {};
  if (symbol.name == "heads") {
    if (symbol.label.empty()) return map.heads(Edges::All);
    return map.ids(on_line(map, map.topology().heads(Edges::Versioned),
                           bare(symbol.label), Edges::Versioned));
  }
  if (symbol.name == "head") {
    const Place head = head_of(map, symbol.label);
    if (!head) return {};
    return {map.id(*head)};
  }
  return {symbol.name};
}

Place place_of(const RevisionMap& map, const Symbol& symbol) {
  const auto names = names_of(map, symbol);
  if (names.size() > 1) throw multiple_heads(symbol.text, names);
  if (names.empty()) {
    if (!symbol.label.empty()) branch_of(map, symbol.label);
    return std::nullopt;
  }
  return find_named(map, names.front(), symbol.label);
}

std::vector<Place> places_of(const RevisionMap& map, const Symbol& symbol) {
  const auto names = names_of(map, symbol);
  if (names.size() == 1) {
    if (const auto steps = negative(names.front())) {
      return counted_from_heads(map, *steps, symbol.label);
    }
  }
  std::vector<Place> places;
  for (const auto& name : names)
    places.emplace_back(find_named(map, name, symbol.label));
  return places;
}

std::vector<Place> places_of(const RevisionMap& map, const Symbols& symbols) {
  std::vector<Place> places;
  for (const Symbol& symbol : symbols) {
    const auto each = places_of(map, symbol);
    places.insert(places.end(), each.begin(), each.end());
  }
  return places;
}

std::vector<Place> places_of(const RevisionMap& map, const Target& target) {
  if (const auto* symbol = std::get_if<Symbol>(&target)) return places_of(map, *symbol);
  if (const auto* several = std::get_if<Symbols>(&target)) {
    return places_of(map, *several);
  }
  return places_of(map, parse_symbol(std::get<Relative>(target).text));
}

std::vector<Vertex> revisions_of(const std::vector<Place>& places) {
  std::vector<Vertex> vertices;
  for (const Place& place : places) {
    if (place) vertices.push_back(*place);
  }
  return vertices;
}

std::vector<Vertex> on_line(const RevisionMap& map, const std::vector<Vertex>& vertices,
                            const Symbol& symbol, Edges edges) {
  auto names = names_of(map, symbol);
  if (!symbol.label.empty()) names.insert(names.begin(), symbol.label);
  if (names.empty() || vertices.empty()) return vertices;
  std::vector<Vertex> against;
  for (const auto& name : names) against.push_back(find_named(map, name));
  const auto below = map.topology().reach(against, edges, Way::ToAncestors);
  const auto above = map.topology().reach(against, edges, Way::ToDescendants);
  std::vector<Vertex> kept;
  for (const Vertex vertex : vertices) {
    if (below.contains(vertex) || above.contains(vertex)) kept.push_back(vertex);
  }
  return kept;
}

Place head_of(const RevisionMap& map, const std::string& label) {
  auto heads = map.topology().heads(Edges::Versioned);
  if (!label.empty()) heads = on_line(map, heads, bare(label), Edges::Versioned);
  if (heads.size() > 1) {
    throw multiple_heads(label.empty() ? "head" : label + "@head", map.ids(heads));
  }
  if (heads.empty()) return std::nullopt;
  return heads.front();
}

std::optional<Place> walk(const RevisionMap& map, Place start, long steps,
                          const std::string& label, Overrun overrun) {
  const bool up = steps > 0;
  Place at = start;
  for (long left = up ? steps : -steps; left > 0; --left) {
    const auto next = next_places(map, at, up, label);
    if (next.empty()) {
      if (overrun == Overrun::Refuse) return std::nullopt;
      return at;
    }
    if (next.size() > 1) throw ambiguous_walk(map.ids(revisions_of(next)));
    at = next.front();
  }
  return at;
}

std::vector<std::optional<Place>> down_from_heads(const RevisionMap& map, long steps,
                                                  const std::string& label) {
  std::vector<std::optional<Place>> places;
  for (const Vertex head : map.topology().heads(Edges::All)) {
    if (!label.empty() && !map.carries_label(head, label)) continue;
    places.push_back(walk(map, head, steps, {}, Overrun::Refuse));
  }
  return places;
}

}  // namespace revise::graph
