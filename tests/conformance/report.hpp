/// What became of each case: failures are printed as they come, the rest is counted.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace revise::conformance {

/// Which cases each departure rule met are listed, or only counted.
enum class Listing { Counts, Cases };

class Report {
 public:
  explicit Report(Listing listing);

  /// `where` is "cases/real.jsonl:797"; `kind` what it is counted under.
  void passed(std::string_view where, std::string_view kind);
  /// Prints `where` and `why`.
  void failed(std::string_view where, std::string_view kind, std::string_view why);
  /// The case met the departure rule of that name; besides passed() or failed().
  void met(std::string_view where, std::string_view rule);
  /// Makes a rule known, so that one that meets nothing is listed with 0.
  void add_rule(std::string_view rule);

  /// Counts a kind and a rule; last line "N passed, M failed".
  void print_summary() const;

  int failures() const;
  std::vector<std::string> unmet_rules() const;

 private:
  struct Counts {
    int passed = 0;
    int failed = 0;
  };

  Listing listing_;
  std::map<std::string, Counts, std::less<>> kinds_;
  std::vector<std::string> rules_;  // in the order of the table
  std::map<std::string, std::vector<std::string>, std::less<>> met_;
};

}  // namespace revise::conformance
