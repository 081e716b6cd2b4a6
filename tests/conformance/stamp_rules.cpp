#include "tests/conformance/rules.hpp"

#include <algorithm>
#include <array>

#include "tests/conformance/facts.hpp"
#include "tests/conformance/match.hpp"

namespace revise::conformance {

namespace {

// What a stamp names: revisions, branches to clear, or nothing at all.
struct Stamped {
  std::vector<std::string> listed;  // as named, with repeats
  IdSet revisions;
  IdSet cleared_branches;
  bool is_base = false;
};

std::optional<Stamped> stamped(const Judged& judged) {
  if (judged.asked.kind() != "stamp" || !row_revisions(judged)) return std::nullopt;
  Stamped all;
  for (const auto& text : texts_at(judged.asked.input, "target")) {
    const auto named = named_by(judged.oracle, text);
    if (!named) return std::nullopt;
    all.listed.insert(all.listed.end(), named->begin(), named->end());
    all.revisions.insert(named->begin(), named->end());
    if (!named->empty()) continue;
    const std::string label = words_of(text).label;
    if (label.empty()) {
      all.is_base = true;
    } else {
      all.cleared_branches.insert(judged.oracle.named(label));
    }
  }
  return all;
}

bool names_nothing(const Judged& judged) {
  if (judged.asked.kind() != "stamp") return false;
  const auto targets = texts_at(judged.asked.input, "target");
  return targets.empty() ||
         std::any_of(targets.begin(), targets.end(), [](const std::string& text) {
           return words_of(text).name.empty();
         });
}

bool has_base_and_more(const Judged& judged) {
  const auto all = stamped(judged);
  return all && all->is_base && !all->revisions.empty();
}

bool stands_on_itself(const Judged& judged) {
  const auto all = stamped(judged);
  return all && !judged.oracle.is_antichain(all->revisions);
}

std::string says_which_contains_which(const Judged& judged) {
  const auto fault = no_error_fault(judged, "RevisionError");
  if (!fault.empty()) return fault;
  const std::string text = message_of(judged);
  const IdSet revisions = stamped(judged)->revisions;
  for (const auto& upper : revisions) {
    for (const auto& lower : revisions) {
      if (upper == lower) continue;
      if (!judged.oracle.ancestors({upper}, Follow::All).contains(lower)) continue;
      if (text.starts_with("revision '" + upper + "' contains revision '" + lower +
                           "'")) {
        return {};
      }
    }
  }
  return "does not say which contains which: " + text;
}

// Alembic takes all rows on a line with any destination, or its label, for each
// destination's own. That is right for one destination whose rows are all on its line.
bool may_lose_rows(const Judged& judged) {
  const auto all = stamped(judged);
  if (!all) return false;
  const auto rows = row_revisions(judged);
  if (!judged.oracle.is_antichain(*rows)) return true;
  for (const auto& row : texts_at(judged.asked.input, "current")) {
    if (!judged.oracle.has(row)) return true;
  }
  if (all->listed.size() + all->cleared_branches.size() > 1) return true;
  if (all->revisions.empty()) return false;
  for (const auto& text : texts_at(judged.asked.input, "target")) {
    const std::string label = words_of(text).label;
    for (const auto& row : *rows) {
      const bool is_taken =
          !label.empty() &&
          judged.oracle.share_line(row, judged.oracle.named(label), Follow::All);
      if (is_taken &&
          !judged.oracle.share_line(row, all->listed.front(), Follow::All)) {
        return true;
      }
    }
  }
  return false;
}

std::string leaves_exact_rows(const Judged& judged) {
  if (is_error(judged)) return "refused: " + judged.given.dump();
  const auto all = *stamped(judged);
  const auto texts = texts_at(judged.asked.input, "current");
  IdSet expected = all.revisions;
  for (const auto& text : texts) {
    const std::string row = judged.oracle.named(text);
    const auto is_on_line = [&](const std::string& other) {
      return judged.oracle.share_line(row, other, Follow::All);
    };
    if (all.is_base) continue;
    if (std::none_of(all.revisions.begin(), all.revisions.end(), is_on_line) &&
        std::none_of(all.cleared_branches.begin(), all.cleared_branches.end(),
                     is_on_line)) {
      expected.insert(text);
    }
  }
  std::optional<IdSet> rows = IdSet(texts.begin(), texts.end());
  for (const Json& statements : judged.given.at("rows")) {
    rows = apply_statements(*rows, statements);
    if (!rows) return "a statement meets no row: " + judged.given.dump();
  }
  return rows == expected && Json(*rows) == judged.given.at("heads_after")
             ? ""
             : "the rows are " + Json(*rows).dump() + ", not " + Json(expected).dump();
}

std::string refused(const Judged& judged) { return no_error_fault(judged); }

constexpr std::array kRules = {
    Departure{"stamping nothing is refused",                          names_nothing,     refused},
    Departure{"base is stamped alone",                                has_base_and_more, refused},
    Departure{"related revisions are not stamped together",           stands_on_itself,
              says_which_contains_which                                                         },
    Departure{"a stamp replaces the rows on its line, and no others", may_lose_rows,
              leaves_exact_rows                                                                 },
};

}  // namespace

std::span<const Departure> stamp_rules() { return kRules; }

}  // namespace revise::conformance
