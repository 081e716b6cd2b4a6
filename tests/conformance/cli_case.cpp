#include "tests/conformance/cli_case.hpp"

#include <algorithm>
#include <sstream>

#include "tests/conformance/vectors.hpp"

namespace revise::conformance {
namespace {

VersionRows rows_of(const Json& json, const char* key) {
  if (!json.contains(key) || json[key].is_null()) return std::nullopt;
  return json[key].get<std::vector<std::string>>();
}

CliCase case_of(const Json& json) {
  const Json& expect = json.at("expect");
  return {.graph = json.at("graph"),
          .argv = json.at("argv"),
          .rows = rows_of(json, "rows"),
          .exit = expect.at("exit"),
          .output = expect.at("stdout"),
          .raised = expect.contains("exception"),
          .compare = expect.value("compare", "") == "tokens" ? CompareOutput::AsTokens
                                                             : CompareOutput::Exactly,
          .rows_matter = expect.contains("rows_after"),
          .rows_after = rows_of(expect, "rows_after")};
}

// A unit's path ends in .cpp where Alembic's script ends in .py.
std::string with_units(const std::string& output) {
  std::string result;
  std::istringstream lines(output);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with("Path: ") && line.ends_with(".py")) {
      line.replace(line.size() - 3, 3, ".cpp");
    }
    result += line + "\n";
  }
  return result;
}

std::vector<std::string> tokens_of(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == ',' || c == '(' || c == ')'; },
      ' ');
  std::istringstream words(text);
  std::vector<std::string> tokens;
  for (std::string word; words >> word;) tokens.push_back(word);
  std::sort(tokens.begin(), tokens.end());
  return tokens;
}

std::string text_of(const VersionRows& rows) {
  if (!rows) return "no table";
  std::string text = "[";
  for (const auto& row : *rows) text += (text.size() > 1 ? ", " : "") + row;
  return text + "]";
}

bool same_output(const CliCase& golden, const std::string& output) {
  const auto expected = with_units(golden.output);
  if (golden.compare == CompareOutput::Exactly) return expected == output;
  return tokens_of(expected) == tokens_of(output);
}

std::string departs_in_status(const CliCase& golden, const testing::Outcome& outcome) {
  const auto expected = [&golden] {
    if (golden.exit != 255) return golden.exit;
    const bool checks = std::find(golden.argv.begin(), golden.argv.end(),
                                  "--check-heads") != golden.argv.end();
    return checks && golden.output.starts_with("FAILED: Database is not on") ? 3 : 1;
  }();
  if (outcome.status == expected) return {};
  return "exit " + std::to_string(outcome.status) + " instead of " +
         std::to_string(expected) + "; stderr: " + outcome.errors;
}

}  // namespace

std::vector<CliCase> read_cli_cases(const std::string& folder) {
  std::vector<CliCase> cases;
  for (const auto& [line, json] : read_lines(folder + "/cli/cases.jsonl")) {
    cases.push_back(case_of(json));
    cases.back().line = line;
  }
  return cases;
}

std::string failed_line(const testing::Outcome& outcome) {
  std::istringstream lines(outcome.errors);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with("FAILED: ")) return line;
  }
  return {};
}

std::string departs_from_golden(const CliCase& golden, const CliOutcome& done) {
  if (auto wrong = departs_in_status(golden, done.outcome); !wrong.empty())
    return wrong;
  if (golden.exit == 2) return {};
  if (golden.exit == 0 && !same_output(golden, done.outcome.output)) {
    return "stdout is\n" + done.outcome.output + "instead of\n" +
           with_units(golden.output);
  }
  if (golden.exit != 0 && !done.outcome.output.empty()) {
    return "stdout is not empty: " + done.outcome.output;
  }
  if (golden.exit == 255 && failed_line(done.outcome) + "\n" != golden.output) {
    return "it says\n" + failed_line(done.outcome) + "\ninstead of\n" + golden.output;
  }
  if (golden.rows_matter && done.rows_after != golden.rows_after) {
    return "rows are " + text_of(done.rows_after) + " instead of " +
           text_of(golden.rows_after);
  }
  return {};
}

}  // namespace revise::conformance
