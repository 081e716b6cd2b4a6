/// Runs the steps of a case against the built tool, in a folder of their own.

#pragma once

#include <string>
#include <vector>

#include "tests/end_to_end/case_file.hpp"

namespace revise::testing {

struct Surroundings {
  std::string folder;  ///< empty at the start
  std::string build;   ///< the build folder, put in front of the PATH
};

/// Runs `steps` in order and stops at the first that is not as expected: returns what
/// was wrong with it, or nothing.
std::string run_case(const std::vector<Step>& steps, const Surroundings& surroundings);

}  // namespace revise::testing
