#include "tests/conformance/cli_departure.hpp"

#include <algorithm>
#include <optional>

#include "tests/conformance/answer.hpp"
#include "tests/conformance/departures.hpp"

namespace revise::conformance {
namespace {

constexpr char kCheckHeads[] = "--check-heads compares with the real heads";
constexpr char kBareException[] = "a bare exception is an error or the right result";

bool has_word(const CliCase& golden, const std::string& word) {
  return std::find(golden.argv.begin(), golden.argv.end(), word) != golden.argv.end();
}

std::vector<std::string> positionals(const CliCase& golden) {
  std::vector<std::string> words;
  for (std::size_t i = 1; i < golden.argv.size(); ++i) {
    const auto& word = golden.argv[i];
    const bool is_number = word.size() > 1 && word[1] >= '0' && word[1] <= '9';
    if (!word.starts_with('-') || is_number) words.push_back(word);
  }
  return words;
}

// The graph's part of what a command was asked for, as a case of its own.
std::optional<Json> asked_by(const CliCase& golden) {
  const auto& command = golden.argv.at(0);
  const auto words = positionals(golden);
  Json input = {
      {"kind",    command                                               },
      {"current", golden.rows ? Json(*golden.rows) : Json(Json::array())}
  };
  if (command == "upgrade" || command == "downgrade") {
    input["target"] = words.at(0);
  } else if (command == "stamp") {
    input["target"] = words;
  } else if (command == "show") {
    input["kind"] = "get_revisions";
    input["symbol"] = words.at(0);
  } else if (command == "current") {
    input["kind"] = "all_current";
  } else if (command == "history" && !words.empty()) {
    input["range"] = words.at(0);
  } else {
    return std::nullopt;
  }
  return input;
}

Json expected_of(const CliCase& golden) {
  if (golden.raised) {
    return {
        {"error", {{"internal", true}}}
    };
  }
  if (golden.exit != 255) return Json::object();
  const std::string mark = "FAILED: ";
  auto text = golden.output.substr(std::min(mark.size(), golden.output.size()));
  if (text.ends_with('\n')) text.pop_back();
  return {
      {"error", {{"class", ""}, {"message", text}, {"command_message", text}}}
  };
}

GraphData data_of(const CliGraph& graph) {
  GraphData data{.name = graph.name, .revisions = {}};
  for (const auto& each : graph.revisions) {
    data.revisions.push_back({.revision = each.id,
                              .down_revisions = each.down,
                              .depends_on = each.depends_on,
                              .branch_labels = each.labels,
                              .origin = each.file});
  }
  return data;
}

IdSet ids_of(const VersionRows& rows) {
  return rows ? IdSet(rows->begin(), rows->end()) : IdSet{};
}

std::string joined(const IdSet& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

std::string fault_of_rows(const CliOutcome& done, const IdSet& expected) {
  const auto rows = ids_of(done.rows_after);
  if (rows == expected) return {};
  return "rows are " + joined(rows) + ", not " + joined(expected);
}

// The graph's error, before anything has changed.
std::string fault_of_error(const CliCase& golden, const CliOutcome& done,
                           const Json& error) {
  if (done.outcome.status != 1) return "it does not fail";
  if (!done.outcome.output.empty()) return "stdout is not empty";
  const std::string text = error.at("command_message");
  const auto line = "FAILED: " + text.substr(0, text.find('\n'));
  if (failed_line(done.outcome) != line) {
    return "it says '" + failed_line(done.outcome) + "' and not '" + line + "'";
  }
  return fault_of_rows(done, ids_of(golden.rows));
}

// Each of `ids` begins an entry of the listing, in that order.
std::string fault_of_listing(const CliOutcome& done, const Json& ids) {
  std::size_t place = 0;
  for (const std::string id : ids) {
    const auto found = done.outcome.output.find(" -> " + id, place);
    if (found == std::string::npos) return id + " is not listed in its place";
    place = found + 1;
  }
  return {};
}

// What the graph answers is judged beside its own vectors; here the command must do
// and say the same.
std::string fault_beside_graph(const CliCase& golden, const CliOutcome& done,
                               const Json& given) {
  if (given.contains("error")) return fault_of_error(golden, done, given.at("error"));
  if (done.outcome.status != 0) return "it fails: " + done.outcome.errors;
  if (given.contains("heads_after")) {
    return fault_of_rows(done, given.at("heads_after").get<IdSet>());
  }
  return golden.argv.at(0) == "history" ? fault_of_listing(done, given.at("ids")) : "";
}

std::string fault_of_growth(const CliCase& golden, const CliOutcome& done,
                            const Oracle& oracle) {
  const auto rows = ids_of(done.rows_after);
  if (!oracle.is_antichain(rows)) return "rows are redundant: " + joined(rows);
  const auto before = oracle.ancestors(ids_of(golden.rows), Follow::All);
  const auto after = oracle.ancestors(rows, Follow::All);
  const auto holds = [](const IdSet& large, const IdSet& small) {
    return std::includes(large.begin(), large.end(), small.begin(), small.end());
  };
  if (golden.argv.at(0) == "upgrade" && !holds(after, before)) return "it went down";
  if (golden.argv.at(0) == "downgrade" && !holds(before, after)) return "it went up";
  return {};
}

CliVerdict judge_exception(const CliCase& golden, const CliOutcome& done,
                           const Oracle& oracle, const Json& given) {
  auto wrong = fault_beside_graph(golden, done, given);
  if (wrong.empty()) wrong = fault_of_growth(golden, done, oracle);
  return {kBareException, wrong};
}

bool is_on_real_heads(const CliCase& golden, const Oracle& oracle) {
  return has_word(golden, "--check-heads") &&
         ids_of(golden.rows) == oracle.heads(Follow::All);
}

}  // namespace

std::vector<std::string> cli_departures() { return {kCheckHeads, kBareException}; }

CliVerdict judge_departure(const CliGraph& graph, const CliCase& golden,
                           const CliOutcome& done) {
  const auto data = data_of(graph);
  const Oracle oracle(data);
  if (is_on_real_heads(golden, oracle)) {
    return {kCheckHeads, done.outcome.status == 0 ? "" : "it fails"};
  }
  const auto input = asked_by(golden);
  if (!input) return {};
  const Case asked{.where = "", .input = *input, .expect = expected_of(golden)};
  const Json given = answer(data, asked);
  if (golden.raised) return judge_exception(golden, done, oracle, given);
  for (const auto& rule : departures()) {
    if (rule.applies({data, oracle, asked, given})) {
      return {rule.name, fault_beside_graph(golden, done, given)};
    }
  }
  return {};
}

}  // namespace revise::conformance
