#include "tests/conformance/departures.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <regex>

#include "tests/conformance/facts.hpp"
#include "tests/conformance/match.hpp"
#include "tests/conformance/rules.hpp"

namespace revise::conformance {

namespace {

bool is_plan(const Judged& judged) {
  const std::string kind = judged.asked.kind();
  return kind == "upgrade" || kind == "downgrade";
}

std::string refused(const Judged& judged) { return no_error_fault(judged); }

std::string refused_as_unknown(const Judged& judged) {
  return no_error_fault(judged, "ResolutionError");
}

bool is_relative_at_its_beginning(const Judged& judged) {
  const std::string text = grammar_text(judged.asked.input);
  if (relative_form(text) != RelativeForm::Beginning) return false;
  return judged.oracle.named(words_of(text).name).empty();
}

bool counts_down_from_base(const Judged& judged) {
  static const std::regex form("(.+@)?base-0*[1-9][0-9]*");
  return std::regex_match(grammar_text(judged.asked.input), form);
}

bool counts_down_from_several_rows(const Judged& judged) {
  const Json& input = judged.asked.input;
  static const std::regex form("-0*[1-9][0-9]*");
  if (!std::regex_match(downward_target(input), form)) return false;
  const auto rows =
      texts_at(input, input.at("kind") == "downgrade" ? "current" : "upper");
  return IdSet(rows.begin(), rows.end()).size() > 1;
}

std::string says_it_is_ambiguous(const Judged& judged) {
  const auto fault = no_error_fault(judged, "RevisionError");
  if (!fault.empty()) return fault;
  return message_of(judged).starts_with("Ambiguous downgrade") ? ""
                                                               : message_of(judged);
}

bool has_a_word_for_a_row(const Judged& judged) {
  if (!is_plan(judged) && judged.asked.kind() != "stamp") return false;
  const auto rows = texts_at(judged.asked.input, "current");
  return std::any_of(rows.begin(), rows.end(), [&](const std::string& row) {
    const IdSet words{"base", "head", "heads"};
    return words.contains(words_of(row).name) && judged.oracle.named(row).empty();
  });
}

// A target `label@name` that Alembic's downgrade would read otherwise than its other
// commands do: it looks up `name` alone.
bool is_labelled_downgrade(const Judged& judged) {
  const std::string text = downward_target(judged.asked.input);
  if (relative_form(text) != RelativeForm::None) return false;
  const auto [label, name] = words_of(text);
  if (label.empty() || name.empty()) return false;
  if (name == "head" || name == "heads") return true;
  const auto with_label = named_by(judged.oracle, text);
  if (!with_label) return true;
  return with_label != named_by(judged.oracle, name);
}

// What a downgrade to `target` would drop; nothing where it is to be refused.
std::optional<IdSet> dropped(const Judged& judged, const std::string& target,
                             const std::string& branch) {
  const Oracle& oracle = judged.oracle;
  const auto rows = row_revisions(judged);
  if (!rows) return std::nullopt;
  IdSet roots = oracle.children(target, Follow::Versioned);
  if (roots.size() > 1) {
    const IdSet below = oracle.ancestors({branch}, Follow::Versioned);
    std::erase_if(roots, [&](const std::string& id) { return !below.contains(id); });
    if (roots.empty()) return std::nullopt;
  }
  IdSet found;
  const IdSet active = oracle.ancestors(*rows, Follow::All);
  for (const auto& id : oracle.descendants(roots, Follow::All)) {
    if (active.contains(id)) found.insert(id);
  }
  if (found.empty() && !rows->contains(target)) return std::nullopt;
  return found;
}

std::string keeps_to_the_branch(const Judged& judged) {
  const std::string text = downward_target(judged.asked.input);
  const auto targets = named_by(judged.oracle, text);
  if (!targets || targets->size() > 1) return no_error_fault(judged);
  if (judged.asked.kind() != "downgrade" || targets->empty()) {
    return mismatch(judged.data, judged.asked, judged.given);
  }
  const auto expected =
      dropped(judged, *targets->begin(), judged.oracle.named(words_of(text).label));
  if (!expected) return no_error_fault(judged);
  if (is_error(judged)) return "refused: " + judged.given.dump();
  const auto steps = listed_ids(judged.given.at("steps"));
  return IdSet(steps.begin(), steps.end()) == *expected &&
                 steps.size() == expected->size()
             ? ""
             : "drops " + Json(steps).dump() + ", not " + Json(*expected).dump();
}

bool meets_an_irregular_merge(const Judged& judged) {
  if (!is_plan(judged) || is_error(judged)) return false;
  const auto rows = row_revisions(judged);
  if (!rows) return false;
  IdSet met = judged.oracle.ancestors(*rows, Follow::All);
  for (const auto& id : listed_ids(judged.given.at("steps"))) met.insert(id);
  return judged.oracle.has_irregular_merge(met);
}

bool starts_from_redundant_rows(const Judged& judged) {
  if (judged.asked.kind() != "downgrade") return false;
  const auto rows = row_revisions(judged);
  return rows && (!judged.oracle.is_antichain(*rows) ||
                  rows->size() != texts_at(judged.asked.input, "current").size());
}

bool starts_from_a_short_row(const Judged& judged) {
  if (!is_plan(judged) || !row_revisions(judged)) return false;
  const auto rows = texts_at(judged.asked.input, "current");
  return std::any_of(rows.begin(), rows.end(),
                     [&](const std::string& row) { return !judged.oracle.has(row); });
}

// `-N` as a revision counts down from each real head; Alembic's answer holds a None
// for those that are nearer to base.
bool counts_beyond_base(const Judged& judged) {
  static const std::regex form("(?:(.+)@)?-0*([1-9][0-9]{0,8})");
  const auto symbols = texts_at(judged.asked.input, "symbol");
  std::smatch parts;
  if (judged.asked.kind() != "get_revisions" || symbols.size() != 1 ||
      !std::regex_match(symbols.front(), parts, form) || parts[1].matched) {
    return false;
  }
  bool is_beyond = false;
  for (std::string id : judged.oracle.heads(Follow::All)) {
    for (long left = std::stol(parts[2]); left > 0; --left) {
      if (id.empty()) is_beyond = true;
      if (id.empty()) break;
      const IdSet& parents = judged.oracle.parents(id, Follow::Versioned);
      if (parents.size() > 1) return false;
      id = parents.empty() ? "" : *parents.begin();
    }
  }
  return is_beyond;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  if (from.empty()) return text;
  for (auto place = text.find(from); place != std::string::npos;
       place = text.find(from, place + to.size())) {
    text.replace(place, from.size(), to);
  }
  return text;
}

// `text` with ids in place of what Python printed of its own values.
std::string without_python(const Judged& judged, std::string text) {
  const Json& input = judged.asked.input;
  for (const char* const key : {"current", "upper", "lower"}) {
    const auto value = input.find(key);
    if (value == input.end() || !value->is_array() || value->empty()) continue;
    std::string tuple;
    std::string plain;
    for (const auto& each : texts_of(*value)) {
      tuple += (tuple.empty() ? "'" : ", '") + each + "'";
      plain += (plain.empty() ? "" : ", ") + each;
    }
    text = replaced(text, "(" + tuple + (value->size() == 1 ? ",)" : ")"), plain);
  }
  text = replaced(text, "Nothing to drop", downward_target(input));
  static const std::regex hint("'<branchname>@[^']*@([^'@]*)'");
  return std::regex_replace(text, hint, "'<branchname>@$1'");
}

bool prints_a_python_value(const Judged& judged) {
  if (!expects_error(judged)) return false;
  const Json& error = judged.asked.expect.at("error");
  for (const char* const key : {"message", "command_message"}) {
    const std::string text = error.value(key, "");
    if (without_python(judged, text) != text) return true;
  }
  return false;
}

std::string says_it_with_ids(const Judged& judged) {
  Case plain = judged.asked;
  for (const char* const key : {"message", "command_message"}) {
    Json& error = plain.expect.at("error");
    if (error.contains(key)) error[key] = without_python(judged, error[key]);
  }
  return mismatch(judged.data, plain, judged.given);
}

constexpr std::array kTargetRules = {
    Departure{"a relative target is read as a whole",         is_relative_at_its_beginning,
              refused_as_unknown                                                                    },
    Departure{"nothing lies below base",                      counts_down_from_base,         refused},
    Departure{"a count from the heads ends at base",          counts_beyond_base,            refused},
    Departure{"-N from several rows is ambiguous",            counts_down_from_several_rows,
              says_it_is_ambiguous                                                                  },
    Departure{"a version row is no word",                     has_a_word_for_a_row,          refused},
    Departure{"downgrade label@revision keeps to the branch", is_labelled_downgrade,
              keeps_to_the_branch                                                                   },
};

constexpr std::array kRowRules = {
    Departure{"rows spelt short are found and replaced", starts_from_a_short_row,
              plan_fault},
    Departure{"redundant rows go with the first step",   starts_from_redundant_rows,
              plan_fault},
    Departure{"irregular merges leave the maximal rows", meets_an_irregular_merge,
              plan_fault},
};

constexpr Departure kTextRule{"texts name ids, not Python values",
                              prints_a_python_value, says_it_with_ids};

}  // namespace

std::span<const Departure> departures() {
  static const auto table = [] {
    std::vector<Departure> rules(graph_rules().begin(), graph_rules().end());
    for (Departure& rule : rules) rule.needs = Needs::AnyGraph;
    rules.insert(rules.end(), kTargetRules.begin(), kTargetRules.end());
    rules.insert(rules.end(), range_rules().begin(), range_rules().end());
    rules.insert(rules.end(), stamp_rules().begin(), stamp_rules().end());
    rules.push_back(kTextRule);
    rules.insert(rules.end(), kRowRules.begin(), kRowRules.end());
    return rules;
  }();
  return table;
}

}  // namespace revise::conformance
