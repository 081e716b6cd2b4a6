/// The `cli/` part of a folder of vectors: the real tool on generated units.
///
/// Which departure rules there are, how often each is met and what is printed is the
/// runner's business; this yields one result a golden.

#pragma once

#include <string>
#include <vector>

namespace revise::conformance {

struct CliResult {
  std::string where;      ///< "cli/cases.jsonl:12"
  std::string kind;       ///< "cli/" and the command: "cli/history"
  std::string failure;    ///< why it failed; empty: it passed
  std::string departure;  ///< the rule by which it passed; empty: the golden itself
};

/// The rules that `CliResult::departure` may name, for the runner's table.
std::vector<std::string> cli_departures();

/// Runs all goldens of `folder`/cli with the tool at `tool`, several at a time; in the
/// order of the file. No such folder: none. Throws std::runtime_error on vectors that
/// cannot be read.
std::vector<CliResult> run_cli_cases(const std::string& folder,
                                     const std::string& tool);

}  // namespace revise::conformance
