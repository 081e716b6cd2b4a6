/// Prints revisions as the options of a listing command ask for.

#pragma once

#include <optional>
#include <vector>

#include "engine/commands/project.hpp"
#include "engine/output/listing.hpp"

namespace revise::commands {

inline constexpr Option kVerbose{"verbose", 'v', "", "Use more verbose output"};
inline constexpr Option kJson{"json", '\0', "", "Print JSON, its shape numbered"};

/// `ids` in their order: with --json as JSON, with -v as entries, else one line each.
/// `current` holds the ids to mark; nothing when no database was looked at.
void print_revisions(const Invocation& invocation, const Project& project,
                     const std::vector<graph::RevisionId>& ids,
                     const output::LineParts& parts,
                     const std::optional<output::CurrentIds>& current = {});

}  // namespace revise::commands
