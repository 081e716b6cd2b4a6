#include "tests/conformance/facts.hpp"

#include <algorithm>
#include <regex>

#include "tests/conformance/match.hpp"

namespace revise::conformance {

Words words_of(const std::string& text) {
  const auto at = text.find('@');
  if (at == std::string::npos) return {"", text};
  return {text.substr(0, at), text.substr(at + 1)};
}

RelativeForm relative_form(const std::string& text) {
  static const std::regex form(R"((?:(.+?)@)?(\w+)?((?:\+|-)\d+))");
  if (std::regex_match(text, form)) return RelativeForm::Whole;
  return std::regex_search(text, form, std::regex_constants::match_continuous)
             ? RelativeForm::Beginning
             : RelativeForm::None;
}

std::vector<std::string> texts_at(const Json& input, const char* key) {
  const auto place = input.find(key);
  if (place == input.end() || place->is_null()) return {};
  return texts_of(*place);
}

bool is_downward(const Json& input) {
  return input.at("kind") == "downgrade" || input.value("select_for_downgrade", false);
}

std::string downward_target(const Json& input) {
  const char* const key = input.at("kind") == "downgrade" ? "target" : "lower";
  if (!is_downward(input) || !input.at(key).is_string()) return {};
  return input.at(key);
}

std::string grammar_text(const Json& input) {
  const std::string kind = input.at("kind");
  if (is_downward(input)) return downward_target(input);
  if (kind == "history") {
    const std::string range = input.at("range");
    return range.substr(std::min(range.size(), range.find(':') + 1));
  }
  const char* const key = kind == "upgrade" ? "target" : "upper";
  const auto place = input.find(key);
  return place != input.end() && place->is_string() ? place->get<std::string>() : "";
}

std::optional<IdSet> named_by(const Oracle& oracle, const std::string& symbol) {
  const auto [label, name] = words_of(symbol);
  const std::string branch = label.empty() ? "" : oracle.named(label);
  if (!label.empty() && branch.empty()) return std::nullopt;
  if (name == "base") return IdSet{};
  const auto on_branch = [&](const std::string& id) {
    return branch.empty() || oracle.share_line(id, branch, Follow::Versioned);
  };
  if (name == "head" || name == "heads") {
    const bool all = name == "heads" && label.empty();
    IdSet heads = oracle.heads(all ? Follow::All : Follow::Versioned);
    std::erase_if(heads, [&](const std::string& id) { return !on_branch(id); });
    if (name == "head" && heads.size() > 1) return std::nullopt;
    return heads;
  }
  std::string id = oracle.named(name);
  if (id.empty()) {
    auto candidates = oracle.starting(name);
    std::erase_if(candidates, [&](const std::string& each) {
      return !on_branch(oracle.named(each));
    });
    if (label.empty() || candidates.size() != 1) return std::nullopt;
    id = oracle.named(candidates.front());
  }
  if (!on_branch(id)) return std::nullopt;
  return IdSet{id};
}

std::optional<IdSet> row_revisions(const Judged& judged) {
  IdSet found;
  for (const auto& row : texts_at(judged.asked.input, "current")) {
    const std::string id = judged.oracle.named(row);
    if (id.empty()) return std::nullopt;
    found.insert(id);
  }
  return found;
}

bool is_error(const Judged& judged) { return judged.given.contains("error"); }
bool expects_error(const Judged& judged) {
  return judged.asked.expect.contains("error");
}

std::string message_of(const Judged& judged) {
  return is_error(judged) ? judged.given.at("error").at("message").get<std::string>()
                          : std::string{};
}

std::string no_error_fault(const Judged& judged, const std::string& kind) {
  if (!is_error(judged)) {
    return "should be refused, got " + judged.given.dump() + " for " +
           judged.asked.input.dump();
  }
  if (message_of(judged).empty()) return "an error without a text";
  if (kind.empty() || judged.given.at("error").at("class") == kind) return {};
  return "should be a " + kind + ", got " + judged.given.dump();
}

std::optional<IdSet> apply_statements(IdSet rows, const Json& statements) {
  for (const std::string each : statements) {
    const auto arrow = each.find('>');
    const bool removes = each[0] != '+';
    const bool adds = each[0] != '-';
    const std::string gone = each[0] == '-' ? each.substr(1) : each.substr(0, arrow);
    const std::string comes = each[0] == '+' ? each.substr(1) : each.substr(arrow + 1);
    if (removes && rows.erase(gone) == 0) return std::nullopt;
    if (adds && !rows.insert(comes).second) return std::nullopt;
  }
  return rows;
}

namespace {

// The rows must name the maximal ones of `applied`; a row may be spelt short.
std::string rows_fault(const Oracle& oracle, const IdSet& rows, const IdSet& applied,
                       const std::string& step) {
  IdSet named;
  for (const auto& row : rows) named.insert(oracle.named(row));
  if (named == oracle.maximal(applied) && named.size() == rows.size()) return {};
  return "after " + step + " the rows are " + Json(rows).dump() + ", not " +
         Json(oracle.maximal(applied)).dump();
}

}  // namespace

std::string plan_fault(const Judged& judged) {
  if (expects_error(judged)) return mismatch(judged.data, judged.asked, judged.given);
  if (is_error(judged)) return "refused: " + judged.given.dump();
  const bool up = judged.asked.kind() == "upgrade";
  const auto steps = listed_ids(judged.given.at("steps"));
  const auto expected = listed_ids(judged.asked.expect.at("steps"));
  if (IdSet(steps.begin(), steps.end()) != IdSet(expected.begin(), expected.end()) ||
      steps.size() != expected.size()) {
    return "other steps: " + Json(steps).dump();
  }
  if (!judged.oracle.is_topological(
          steps, up ? Sorted::ParentsFirst : Sorted::ChildrenFirst)) {
    return "not in topological order: " + Json(steps).dump();
  }
  const auto current = texts_at(judged.asked.input, "current");
  std::optional<IdSet> rows = IdSet(current.begin(), current.end());
  const auto revisions = row_revisions(judged);
  if (!revisions) return "a row names no revision, and is let pass";
  IdSet applied = judged.oracle.ancestors(*revisions, Follow::All);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    rows = apply_statements(*rows, judged.given.at("rows").at(i));
    if (!rows) return "a statement of step " + steps[i] + " meets no row";
    if (up) {
      applied.insert(steps[i]);
    } else {
      applied.erase(steps[i]);
    }
    const auto fault = rows_fault(judged.oracle, *rows, applied, steps[i]);
    if (!fault.empty()) return fault;
  }
  if (Json(*rows) != judged.given.at("heads_after")) return "heads_after is another";
  return {};
}

}  // namespace revise::conformance
