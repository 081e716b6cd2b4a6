#include "tests/conformance/departures.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <regex>

#include "tests/conformance/facts.hpp"
#include "tests/conformance/match.hpp"
#include "tests/conformance/stamp_rules.hpp"

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

bool repeats_an_id(const Judged& judged) { return judged.oracle.repeats_an_id(); }

std::string names_the_repeated(const Judged& judged) {
  std::map<std::string, int> count;
  for (const auto& revision : judged.data.revisions) ++count[revision.revision];
  for (const auto& [id, times] : count) {
    if (times > 1 && message_of(judged).find(id) != std::string::npos) {
      return no_error_fault(judged, "RevisionError");
    }
  }
  return "the repeated id is not named: " + judged.given.dump();
}

bool lacks_a_reference(const Judged& judged) {
  return !judged.oracle.absent().first.empty() && !judged.oracle.has_bad_names();
}

std::string names_the_absent(const Judged& judged) {
  const std::string text = message_of(judged);
  for (const auto& revision : judged.data.revisions) {
    auto references = revision.down_revisions;
    references.insert(references.end(), revision.depends_on.begin(),
                      revision.depends_on.end());
    for (const auto& each : references) {
      if (text.find("'" + revision.revision + "'") != std::string::npos &&
          text.find("'" + each + "'") != std::string::npos &&
          text.find(revision.origin) != std::string::npos && !judged.oracle.has(each)) {
        return {};
      }
    }
  }
  return "file, revision and what it refers to are not named: " + judged.given.dump();
}

// Each revision is below a head and above a base, both by down_revision alone and
// with dependencies, and yet some are their own ancestors.
bool has_hidden_cycle(const Judged& judged) {
  const Oracle& oracle = judged.oracle;
  if (!oracle.absent().first.empty() || judged.oracle.has_bad_names()) return false;
  if (oracle.cyclic().empty()) return false;
  IdSet real_bases;
  for (const auto& revision : judged.data.revisions) {
    if (revision.down_revisions.empty() && revision.depends_on.empty()) {
      real_bases.insert(revision.revision);
    }
  }
  const auto covers = [&](Follow follow, const IdSet& bases) {
    return oracle.ancestors(oracle.heads(follow), follow) == oracle.all() &&
           oracle.descendants(bases, follow) == oracle.all();
  };
  return covers(Follow::Versioned, oracle.bases()) && covers(Follow::All, real_bases);
}

std::string names_a_cycle(const Judged& judged) {
  const std::string text = message_of(judged);
  const auto open = text.find("Cycle is detected in revisions (");
  const auto open_too = text.find("Dependency cycle is detected in revisions (");
  if (open == std::string::npos && open_too == std::string::npos) {
    return "no cycle is reported: " + judged.given.dump();
  }
  const auto start = text.find('(') + 1;
  std::string list = text.substr(start, text.size() - start - 1) + ", ";
  IdSet named;
  for (auto comma = list.find(", "); comma != std::string::npos;
       comma = list.find(", ")) {
    named.insert(list.substr(0, comma));
    list.erase(0, comma + 2);
  }
  const IdSet cyclic = judged.oracle.cyclic();
  return std::includes(cyclic.begin(), cyclic.end(), named.begin(), named.end()) &&
                 named.size() > 1
             ? ""
             : "named as a cycle: " + text;
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

constexpr std::array kGraphRules = {
    Departure{"one id in two files is refused",           repeats_an_id,     names_the_repeated},
    Departure{"an absent reference is named",             lacks_a_reference, names_the_absent  },
    Departure{"a cycle between head and base is refused", has_hidden_cycle,
              names_a_cycle                                                                    },
};

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
    Departure{"a range may end beside its line",              ends_beside_its_line,
              lists_all_between                                                                     },
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
    std::vector<Departure> rules(kGraphRules.begin(), kGraphRules.end());
    for (Departure& rule : rules) rule.needs = Needs::AnyGraph;
    rules.insert(rules.end(), kTargetRules.begin(), kTargetRules.end());
    rules.insert(rules.end(), stamp_rules().begin(), stamp_rules().end());
    rules.push_back(kTextRule);
    rules.insert(rules.end(), kRowRules.begin(), kRowRules.end());
    return rules;
  }();
  return table;
}

}  // namespace revise::conformance
