/// The version table of a golden: what it holds before and after.

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace revise::conformance {

/// Rows in the order of insertion; absent: there is no version table.
using VersionRows = std::optional<std::vector<std::string>>;

/// A new SQLite file at `path`, in place of what is there. Throws std::runtime_error.
void write_version_rows(const std::string& path, const VersionRows& rows);

/// The rows in `path`, sorted; absent also when there is no such file.
VersionRows read_version_rows(const std::string& path);

}  // namespace revise::conformance
