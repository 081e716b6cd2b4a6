#include <algorithm>
#include <atomic>
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

CliResult judge(const CliCase& golden, const Project& project, const std::string& tool,
                const std::string& scratch) {
  CliResult result{.where = "cli/cases.jsonl:" + std::to_string(golden.line),
                   .kind = "cli/" + (golden.argv.empty() ? "" : golden.argv.front()),
                   .failure = project.broken,
                   .departure = {}};
  if (!project.broken.empty()) return result;
  const auto done = run_golden(golden, project, tool, scratch);
  result.failure = departs_from_golden(golden, done);
  if (result.failure.empty()) return result;
  const auto verdict = judge_departure(project.graph, golden, done);
  if (verdict.rule.empty()) return result;
  result.departure = verdict.rule;
  result.failure =
      verdict.wrong.empty() ? "" : "by rule '" + verdict.rule + "': " + verdict.wrong;
  return result;
}

}  // namespace

std::vector<CliResult> run_cli_cases(const std::string& folder,
                                     const std::string& tool) {
  const auto cases = read_cli_cases(folder);
  const testing::TemporaryFolder place;
  const auto projects = make_projects(cases, folder, tool, place.path());
  std::vector<CliResult> results(cases.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&](unsigned worker) {
    const auto scratch = place / ("worker" + std::to_string(worker));
    testing::write_text(scratch + "/.keep", "");
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      results[i] = judge(cases[i], projects.at(cases[i].graph), tool, scratch);
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    workers.emplace_back(work, i);
  }
  for (auto& worker : workers) worker.join();
  return results;
}

}  // namespace revise::conformance
