#include <array>

#include "tests/conformance/facts.hpp"
#include "tests/conformance/match.hpp"
#include "tests/conformance/rules.hpp"

namespace revise::conformance {

namespace {

// The ends of a range that selects upwards; nothing where one fails or counts.
struct RangeEnds {
  IdSet upper;
  IdSet lower;
  bool is_inclusive;
  bool is_downstream;
};

std::optional<IdSet> all_named_by(const Judged& judged,
                                  const std::vector<std::string>& symbols) {
  IdSet found;
  for (const auto& symbol : symbols) {
    const auto named = named_by(judged.oracle, symbol);
    if (!named) return std::nullopt;
    found.insert(named->begin(), named->end());
  }
  return found;
}

std::optional<RangeEnds> range_ends(const Judged& judged) {
  const Json& input = judged.asked.input;
  const std::string kind = judged.asked.kind();
  std::vector<std::string> upper;
  std::vector<std::string> lower;
  if (kind == "history") {
    const std::string range = input.at("range");
    const auto colon = range.find(':');
    if (colon == std::string::npos) return std::nullopt;
    const auto end_of = [&](const std::string& text, const char* word) {
      if (text != "current") return std::vector{text.empty() ? word : text};
      const auto rows = texts_at(input, "current");
      return rows.empty() ? std::vector<std::string>{word} : rows;
    };
    lower = end_of(range.substr(0, colon), "base");
    upper = end_of(range.substr(colon + 1), "heads");
  } else if (kind == "iterate" && !is_downward(input)) {
    upper = texts_of(input.at("upper"));
    lower = texts_of(input.at("lower"));
  } else {
    return std::nullopt;
  }
  const auto above = all_named_by(judged, upper);
  const auto below = all_named_by(judged, lower);
  if (!above || !below) return std::nullopt;
  return RangeEnds{*above, *below, kind == "history" || input.value("inclusive", false),
                   kind == "history" || !input.value("implicit_base", false)};
}

IdSet between(const Oracle& oracle, const RangeEnds& ends) {
  const IdSet had = oracle.ancestors(ends.lower, Follow::All);
  const IdSet above = oracle.descendants(ends.lower, Follow::Versioned);
  IdSet found = oracle.ancestors(ends.upper, Follow::All);
  std::erase_if(found, [&](const std::string& id) { return had.contains(id); });
  if (ends.is_inclusive) found.insert(ends.lower.begin(), ends.lower.end());
  if (ends.is_downstream && !ends.lower.empty()) {
    std::erase_if(found, [&](const std::string& id) { return !above.contains(id); });
  }
  return found;
}

// Alembic walks from the range's upper end alone, and only over what is in the range.
bool ends_beside_its_line(const Judged& judged) {
  const auto ends = range_ends(judged);
  if (!ends || !judged.oracle.is_antichain(ends->upper) ||
      !judged.oracle.is_antichain(ends->lower)) {
    return false;
  }
  const IdSet needed = judged.oracle.ancestors(ends->upper, Follow::All);
  if (ends->is_downstream && !std::includes(needed.begin(), needed.end(),
                                            ends->lower.begin(), ends->lower.end())) {
    return false;
  }
  const IdSet members = between(judged.oracle, *ends);
  IdSet met;
  std::vector<std::string> open(ends->upper.begin(), ends->upper.end());
  while (!open.empty()) {
    const std::string id = open.back();
    open.pop_back();
    if (!members.contains(id) || !met.insert(id).second) continue;
    for (const auto& parent : judged.oracle.parents(id, Follow::All)) {
      open.push_back(parent);
    }
  }
  return met != members;
}

std::string lists_all_between(const Judged& judged) {
  if (is_error(judged)) return expects_error(judged) ? "" : judged.given.dump();
  const auto ids = listed_ids(judged.given.at("ids"));
  const IdSet expected = between(judged.oracle, *range_ends(judged));
  if (IdSet(ids.begin(), ids.end()) != expected || ids.size() != expected.size()) {
    return "lists " + Json(ids).dump() + ", not " + Json(expected).dump();
  }
  return judged.oracle.is_topological(ids, Sorted::ChildrenFirst)
             ? ""
             : "not in topological order: " + Json(ids).dump();
}

constexpr std::array kRules = {
    Departure{"a range may end beside its line", ends_beside_its_line,
              lists_all_between},
};

}  // namespace

std::span<const Departure> range_rules() { return kRules; }

}  // namespace revise::conformance
