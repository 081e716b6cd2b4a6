/// Where the tool departs from a golden on purpose: by the graph's rules, and by those
/// that commands add.

#pragma once

#include <string>
#include <vector>

#include "tests/conformance/cli_case.hpp"
#include "tests/conformance/cli_graph.hpp"

namespace revise::conformance {

/// What a rule makes of a golden that was not met.
struct CliVerdict {
  std::string rule;   ///< the one that applies; empty: none does
  std::string wrong;  ///< how `done` is not what that rule demands; empty: it is
};

/// The names of the rules that commands add to the graph's.
std::vector<std::string> cli_departures();

/// The verdict of the first rule whose predicate holds for the golden.
CliVerdict judge_departure(const CliGraph& graph, const CliCase& golden,
                           const CliOutcome& done);

}  // namespace revise::conformance
