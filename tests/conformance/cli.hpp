/// The command line goldens: the built tool run on projects made of their graphs.
///
/// What stands in the folder's `cli/` is read and judged there; main.cpp adds the
/// counts to its own.

#pragma once

#include <filesystem>

#include "tests/conformance/report.hpp"

namespace revise::conformance {

/// Runs `folder`/cli/cases.jsonl on `folder`/cli/graphs.jsonl, telling `report` of
/// each case. Called only for a folder that has a `cli/`.
void run_cli_folder(const std::filesystem::path& folder, Report& report);

}  // namespace revise::conformance
