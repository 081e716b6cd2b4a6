/// Prints revisions as the options of a listing command ask for.

#pragma once

#include <optional>
#include <string>
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

/// What is listed for one database.
struct DatabaseListing {
  std::string database = {};  ///< its name; empty: the only one
  std::vector<graph::RevisionId> ids = {};
  std::optional<output::CurrentIds> current = {};
  std::string preface = {};  ///< printed before, but for JSON
};

/// The same for each of several databases, under a line that names it. `listings` is
/// not empty.
void print_listings(const Invocation& invocation, const Project& project,
                    const std::vector<DatabaseListing>& listings,
                    const output::LineParts& parts);

}  // namespace revise::commands
