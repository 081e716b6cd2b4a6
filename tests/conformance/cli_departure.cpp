#include "tests/conformance/cli_departure.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace revise::conformance {
namespace {

using Ids = std::set<std::string>;

// Ancestry with dependencies counted, as plainly as it can be written: what the
// engine's own graph says is what is being tested.
class Ancestry {
 public:
  explicit Ancestry(const CliGraph& graph) {
    std::map<std::string, std::string> labelled;
    for (const auto& revision : graph.revisions) {
      for (const auto& label : revision.labels) labelled[label] = revision.id;
    }
    for (const auto& revision : graph.revisions) {
      auto& parents = parents_[revision.id];
      parents.insert(revision.down.begin(), revision.down.end());
      for (const auto& dependency : revision.depends_on) {
        const auto found = labelled.find(dependency);
        parents.insert(found == labelled.end() ? dependency : found->second);
      }
    }
  }

  // `ids` and all that they stand on.
  Ids applied(const Ids& ids) const {
    Ids result;
    std::vector<std::string> open(ids.begin(), ids.end());
    while (!open.empty()) {
      const auto id = open.back();
      open.pop_back();
      if (!result.insert(id).second) continue;
      if (const auto found = parents_.find(id); found != parents_.end()) {
        open.insert(open.end(), found->second.begin(), found->second.end());
      }
    }
    return result;
  }

  // Those of `ids` on which no other of them stands.
  Ids maximal(const Ids& ids) const {
    Ids result = ids;
    for (const auto& id : ids) {
      for (const auto& below : applied({id})) {
        if (below != id) result.erase(below);
      }
    }
    return result;
  }

  Ids heads() const {
    Ids all;
    for (const auto& [id, parents] : parents_) all.insert(id);
    return maximal(all);
  }

 private:
  std::map<std::string, Ids> parents_;
};

struct Question {
  const CliGraph& graph;
  const CliCase& golden;
  const CliOutcome& done;
  Ancestry ancestry;

  const std::string& command() const { return golden.argv.front(); }
  const std::string& target() const { return golden.argv.back(); }
  bool has(const char* option) const {
    return std::find(golden.argv.begin(), golden.argv.end(), option) !=
           golden.argv.end();
  }
};

Ids ids_of(const VersionRows& rows) {
  return rows ? Ids(rows->begin(), rows->end()) : Ids{};
}

std::string joined(const Ids& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

std::string demand_untouched(const Question& question) {
  const auto before = ids_of(question.golden.rows);
  const auto after = ids_of(question.done.rows_after);
  return before == after ? "" : "rows changed to " + joined(after);
}

// An error that says what is wrong, before anything has run.
std::string demand_error(const Question& question) {
  if (question.done.outcome.status != 1) return "it does not fail";
  if (!question.done.outcome.output.empty()) return "stdout is not empty";
  if (failed_line(question.done.outcome).empty()) return "no line says FAILED";
  return demand_untouched(question);
}

// What must hold of rows after a successful run, whatever the target was.
std::string demand_right_rows(const Question& question) {
  const auto& ancestry = question.ancestry;
  const auto after = ids_of(question.done.rows_after);
  if (ancestry.maximal(after) != after) return "rows are redundant: " + joined(after);
  const auto before = ancestry.applied(ids_of(question.golden.rows));
  const auto applied = ancestry.applied(after);
  if (question.command() == "upgrade" &&
      !std::includes(applied.begin(), applied.end(), before.begin(), before.end())) {
    return "an upgrade took revisions away";
  }
  if (question.command() == "downgrade" &&
      !std::includes(before.begin(), before.end(), applied.begin(), applied.end())) {
    return "a downgrade added revisions";
  }
  if (question.target() == "heads" && after != ancestry.heads()) {
    return "rows are not the heads but " + joined(after);
  }
  return {};
}

std::string demand_error_or_right_rows(const Question& question) {
  if (question.done.outcome.status != 0) return demand_error(question);
  return demand_right_rows(question);
}

std::string demand_maximal_rows(const Question& question) {
  if (question.done.outcome.status != 0) return "it fails";
  const auto expected = question.ancestry.maximal(ids_of(question.golden.rows_after));
  const auto after = ids_of(question.done.rows_after);
  return after == expected ? "" : "rows are " + joined(after);
}

std::string demand_success(const Question& question) {
  if (question.done.outcome.status != 0) return "it fails";
  return demand_untouched(question);
}

bool ends_redundant(const Question& question) {
  const auto rows = ids_of(question.golden.rows_after);
  return question.golden.exit == 0 && question.golden.rows_matter &&
         question.ancestry.maximal(rows) != rows;
}

bool is_on_real_heads(const Question& question) {
  return question.has("--check-heads") &&
         ids_of(question.golden.rows) == question.ancestry.heads();
}

bool is_bare_downgrade_from_several_rows(const Question& question) {
  const auto& target = question.target();
  return question.command() == "downgrade" && ids_of(question.golden.rows).size() > 1 &&
         target.size() > 1 && target[0] == '-' &&
         target.find_first_not_of("0123456789", 1) == target.npos;
}

struct Rule {
  const char* name;
  bool (*applies)(const Question&);
  std::string (*wrong)(const Question&);
};

const Rule kRules[] = {
    {"a bare exception is an error or the right result",
     [](const Question& question) { return question.golden.raised; },
     demand_error_or_right_rows                                                                                  },
    {"rows stay maximal",                                ends_redundant,                      demand_maximal_rows},
    {"--check-heads compares with the real heads",       is_on_real_heads,                    demand_success     },
    {"downgrade -N from several rows is ambiguous",      is_bare_downgrade_from_several_rows,
     demand_error                                                                                                },
};

}  // namespace

std::vector<std::string> cli_departures() {
  std::vector<std::string> names;
  for (const auto& rule : kRules) names.emplace_back(rule.name);
  return names;
}

CliVerdict judge_departure(const CliGraph& graph, const CliCase& golden,
                           const CliOutcome& done) {
  const Question question{graph, golden, done, Ancestry(graph)};
  for (const auto& rule : kRules) {
    if (rule.applies(question)) return {rule.name, rule.wrong(question)};
  }
  return {};
}

}  // namespace revise::conformance
