#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <thread>

#include "tests/conformance/cli.hpp"
#include "tests/conformance/cli_case.hpp"
#include "tests/conformance/cli_departure.hpp"
#include "tests/conformance/cli_graph.hpp"
#include "tests/support/temporary_folder.hpp"

namespace revise::conformance {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto place = text.find(from); place != text.npos;
       place = text.find(from, place + to.size())) {
    text.replace(place, from.size(), to);
  }
  return text;
}

std::vector<std::string> environment_of(const std::string& home) {
  return {"HOME=" + home,   "LC_ALL=C.UTF-8", "ALEMBIC_CONFIG",
          "XDG_CACHE_HOME", "NO_COLOR",       "REVISE_DATABASE_URL"};
}

struct Project {
  CliGraph graph;
  std::string folder;
  std::string broken;  // why its units do not build; empty: they do
};

// One project a graph, its units built before the first case runs.
std::map<std::string, Project> make_projects(const std::vector<CliCase>& cases,
                                             const std::string& vectors,
                                             const std::string& tool,
                                             const std::string& folder) {
  const auto graphs = read_cli_graphs(vectors);
  std::map<std::string, Project> projects;
  for (const auto& golden : cases) {
    if (projects.contains(golden.graph)) continue;
    const auto graph = graphs.find(golden.graph);
    if (graph == graphs.end())
      throw std::runtime_error("no such graph: " + golden.graph);
    auto& project = projects[golden.graph];
    project.graph = graph->second;
    project.folder = folder + "/" + std::to_string(projects.size());
    write_project(project.graph, project.folder);
    const auto built = testing::run({
        .arguments = {tool, "build"},
        .folder = project.folder,
        .environment = environment_of(folder)
    });
    if (built.status != 0) project.broken = "revise build: " + built.errors;
  }
  return projects;
}

CliOutcome run_golden(const CliCase& golden, const Project& project,
                      const std::string& tool, const std::string& scratch) {
  const auto database = scratch + "/db.sqlite";
  write_version_rows(database, golden.rows);
  auto environment = environment_of(scratch);
  environment.back() = "REVISE_DATABASE_URL=sqlite:///" + database;
  std::vector<std::string> arguments{tool};
  arguments.insert(arguments.end(), golden.argv.begin(), golden.argv.end());
  CliOutcome done{.outcome = testing::run({.arguments = arguments,
                                           .folder = project.folder,
                                           .environment = environment}),
                  .rows_after = read_version_rows(database)};
  for (auto* text : {&done.outcome.output, &done.outcome.errors}) {
    *text = replaced(replaced(*text, scratch, "{DIR}"), project.folder, "{DIR}");
  }
  return done;
}

struct Verdict {
  std::string failure;    // why it failed; empty: it passed
  std::string departure;  // the rule that the golden met; empty: none was needed
};

Verdict judge(const CliCase& golden, const Project& project, const std::string& tool,
              const std::string& scratch) {
  if (!project.broken.empty()) return {project.broken, {}};
  const auto done = run_golden(golden, project, tool, scratch);
  // What a bare exception left is no model, also where it looks like ours.
  const auto departs = golden.raised ? std::string("it ends in a bare exception")
                                     : departs_from_golden(golden, done);
  if (departs.empty()) return {};
  const auto verdict = judge_departure(project.graph, golden, done);
  if (verdict.rule.empty()) return {departs, {}};
  if (verdict.wrong.empty()) return {{}, verdict.rule};
  return {"by rule '" + verdict.rule + "': " + verdict.wrong + "; " + departs,
          verdict.rule};
}

std::string tool_beside_runner() {
  return (std::filesystem::canonical("/proc/self/exe").parent_path().parent_path() /
          "revise");
}

void tell(const CliCase& golden, const Verdict& verdict, Report& report) {
  const auto where = "cli/cases.jsonl:" + std::to_string(golden.line);
  const auto kind = "cli/" + (golden.argv.empty() ? "" : golden.argv.front());
  if (!verdict.departure.empty()) report.met(where, verdict.departure);
  if (verdict.failure.empty()) {
    report.passed(where, kind);
  } else {
    std::string line;
    for (const auto& word : golden.argv) line += " " + word;
    report.failed(where, kind, golden.graph + line + ": " + verdict.failure);
  }
}

}  // namespace

void run_cli_folder(const std::filesystem::path& folder, Report& report) {
  for (const auto& rule : cli_departures()) report.add_rule(rule);
  const auto cases = read_cli_cases(folder);
  const auto tool = tool_beside_runner();
  const testing::TemporaryFolder place;
  const auto projects = make_projects(cases, folder, tool, place.path());
  std::vector<Verdict> verdicts(cases.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&](unsigned worker) {
    const auto scratch = place / ("worker" + std::to_string(worker));
    testing::write_text(scratch + "/.keep", "");
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      verdicts[i] = judge(cases[i], projects.at(cases[i].graph), tool, scratch);
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    workers.emplace_back(work, i);
  }
  for (auto& worker : workers) worker.join();
  for (std::size_t i = 0; i < cases.size(); ++i) tell(cases[i], verdicts[i], report);
}

}  // namespace revise::conformance
