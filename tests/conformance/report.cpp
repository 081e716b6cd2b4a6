#include "tests/conformance/report.hpp"

#include <algorithm>
#include <cstdio>

namespace revise::conformance {

namespace {

void print(const std::string& line) { std::printf("%s\n", line.c_str()); }

}  // namespace

Report::Report(Listing listing) : listing_(listing) {}

void Report::passed(std::string_view, std::string_view kind) {
  ++kinds_[std::string(kind)].passed;
}

void Report::failed(std::string_view where, std::string_view kind,
                    std::string_view why) {
  ++kinds_[std::string(kind)].failed;
  print(std::string(where) + ": " + std::string(kind) + ": " + std::string(why));
}

void Report::add_rule(std::string_view rule) {
  const std::string name(rule);
  if (std::find(rules_.begin(), rules_.end(), name) == rules_.end()) {
    rules_.push_back(name);
  }
}

void Report::met(std::string_view where, std::string_view rule) {
  add_rule(rule);
  met_[std::string(rule)].emplace_back(where);
}

void Report::print_summary() const {
  int passed = 0;
  print("kind: passed, failed");
  for (const auto& [kind, counts] : kinds_) {
    print("  " + kind + ": " + std::to_string(counts.passed) + ", " +
          std::to_string(counts.failed));
    passed += counts.passed;
  }
  print("departure: cases");
  for (const auto& rule : rules_) {
    const auto met = met_.find(rule);
    const std::size_t count = met == met_.end() ? 0 : met->second.size();
    print("  " + rule + ": " + std::to_string(count));
    if (listing_ == Listing::Counts || count == 0) continue;
    for (const auto& where : met->second) print("    " + where);
  }
  print(std::to_string(passed) + " passed, " + std::to_string(failures()) + " failed");
}

int Report::failures() const {
  int failed = 0;
  for (const auto& row : kinds_) failed += row.second.failed;
  return failed;
}

std::vector<std::string> Report::unmet_rules() const {
  std::vector<std::string> unmet;
  for (const auto& rule : rules_) {
    if (!met_.contains(rule)) unmet.push_back(rule);
  }
  return unmet;
}

}  // namespace revise::conformance
