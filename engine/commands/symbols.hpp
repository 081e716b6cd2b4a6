/// The revisions that a word on the command line names.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/commands/project.hpp"

namespace revise::commands {

/// Stands for what the version table holds.
inline constexpr std::string_view kCurrentSymbol = "current";

/// In load order; none for base. "current" looks at the database. Throws RevisionError
/// on what names nothing.
std::vector<graph::RevisionId> revisions_named(const Invocation& invocation,
                                               const Project& project,
                                               const std::string& symbol);

}  // namespace revise::commands
