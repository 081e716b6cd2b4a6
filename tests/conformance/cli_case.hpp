/// One command line golden: what was given, what Alembic printed and left.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/conformance/cli_database.hpp"
#include "tests/support/command.hpp"

namespace revise::conformance {

enum class CompareOutput {
  Exactly,
  AsTokens,  ///< the sorted words, split at white space, commas and parentheses
};

struct CliCase {
  int line = 0;  ///< in cli/cases.jsonl, from 1
  std::string graph;
  std::vector<std::string> argv;
  VersionRows rows;  ///< absent: no table, or irrelevant
  int exit = 0;
  std::string output;   ///< {DIR} stands for the project's folder
  bool raised = false;  ///< a bare exception of Python ended it
  CompareOutput compare = CompareOutput::Exactly;
  bool rows_matter = false;
  VersionRows rows_after;
};

/// What the tool did with one.
struct CliOutcome {
  testing::Outcome outcome;  ///< folders replaced by {DIR}
  VersionRows rows_after;
};

/// Those in `folder`/cli/cases.jsonl, in order. Throws std::runtime_error.
std::vector<CliCase> read_cli_cases(const std::string& folder);

/// How `done` departs from the golden; nothing when it does not.
std::string departs_from_golden(const CliCase& golden, const CliOutcome& done);

/// The first line on standard error that begins with `FAILED: `, or nothing.
std::string failed_line(const testing::Outcome& outcome);

}  // namespace revise::conformance
