/// Runs the engine against a folder of vectors: revise_conformance FOLDER.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/conformance/answer.hpp"
#include "tests/conformance/cli.hpp"
#include "tests/conformance/departures.hpp"
#include "tests/conformance/match.hpp"
#include "tests/conformance/report.hpp"
#include "tests/conformance/vectors.hpp"

namespace {

using namespace revise::conformance;

constexpr char kUsage[] =
    "usage: revise_conformance [--departures] [--every-rule-met] FOLDER\n"
    "  --departures      list the cases that each departure rule met\n"
    "  --every-rule-met  fail when a departure rule met no case\n";

struct Options {
  std::filesystem::path folder;
  Listing listing = Listing::Counts;
  bool every_rule_met = false;
};

bool parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--departures") {
      options.listing = Listing::Cases;
    } else if (word == "--every-rule-met") {
      options.every_rule_met = true;
    } else if (word.starts_with("-") || !options.folder.empty()) {
      return false;
    } else {
      options.folder = word;
    }
  }
  return !options.folder.empty();
}

void judge(const GraphData& data, const Oracle& oracle, const Case& asked,
           Report& report) {
  const Json given = answer(data, asked);
  for (const Departure& rule : departures()) {
    const Judged judged{data, oracle, asked, given};
    if (rule.needs == Needs::SoundGraph && !oracle.is_sound()) continue;
    if (!rule.applies(judged)) continue;
    report.met(asked.where, rule.name);
    const std::string fault = rule.fault(judged);
    if (fault.empty()) return report.passed(asked.where, asked.kind());
    return report.failed(asked.where, asked.kind(),
                         "by rule '" + std::string(rule.name) + "': " + fault);
  }
  const std::string why = mismatch(data, asked, given);
  if (why.empty()) return report.passed(asked.where, asked.kind());
  report.failed(asked.where, asked.kind(), why + " for " + asked.input.dump());
}

void run_graph_folder(const std::filesystem::path& folder, Report& report) {
  for (const Departure& rule : departures()) report.add_rule(rule.name);
  const auto graphs = read_graphs(folder);
  std::map<std::string, Oracle> oracles;
  for (const Case& asked : read_cases(folder)) {
    const std::string name = asked.input.at("graph");
    const auto data = graphs.find(name);
    if (data == graphs.end()) {
      report.failed(asked.where, asked.kind(), "there is no graph " + name);
      continue;
    }
    auto [oracle, is_new] = oracles.try_emplace(name, data->second);
    judge(data->second, oracle->second, asked, report);
  }
}

int run(const Options& options) {
  Report report(options.listing);
  run_graph_folder(options.folder, report);
  if (std::filesystem::is_directory(options.folder / "cli")) {
    run_cli_folder(options.folder, report);
  }
  const auto unmet = report.unmet_rules();
  if (options.every_rule_met) {
    for (const auto& rule : unmet) {
      std::printf("departure rule '%s' met no case\n", rule.c_str());
    }
  }
  report.print_summary();
  return report.failures() > 0 || (options.every_rule_met && !unmet.empty()) ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "revise_conformance: %s\n", error.what());
    return 1;
  }
}
