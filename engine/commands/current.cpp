#include <algorithm>

#include "engine/commands/commands.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/known_rows.hpp"
#include "engine/commands/printing.hpp"
#include "engine/core/error.hpp"
#include "engine/graph/resolve.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {
    kVerbose,
    {"check-heads", 'c', "", "Exit with status 3 unless the database is on all heads"},
    kJson,
};

// An effective head needs no row of its own: what depends on it stands for it. One
// that it has all the same, as Alembic once left them, does no harm.
bool is_on_all_heads(const graph::RevisionMap& map,
                     const std::vector<std::string>& rows) {
  const auto heads = map.heads(graph::Edges::All);
  const auto is_row = [&](const auto& id) {
    return std::find(rows.begin(), rows.end(), id) != rows.end();
  };
  return std::all_of(heads.begin(), heads.end(), is_row) &&
         std::all_of(rows.begin(), rows.end(),
                     [&](const auto& row) { return map.find(row) != nullptr; });
}

DatabaseListing listing_of(const Invocation& invocation, const Project& project,
                           const DatabaseRows& found) {
  DatabaseListing listing{.database = found.database.name};
  listing.ids = with_known_rows(project.map, found.rows, [&] {
    return graph::resolve_current(project.map, found.rows);
  });
  if (invocation.arguments.has("json")) {
    const auto marked = graph::resolve_rows(project.map, found.rows);
    listing.current.emplace(marked.begin(), marked.end());
  }
  if (invocation.arguments.has("verbose")) {
    listing.preface =
        "Current revision(s) for " + found.database.url.redacted() + ":\n";
  }
  return listing;
}

Status run(const Invocation& invocation) {
  const auto project = open_project(invocation, config::Need::All);
  const auto found = rows_of_databases(invocation, project);
  if (invocation.arguments.has("check-heads")) {
    for (const auto& each : found) {
      if (is_on_all_heads(project.map, each.rows)) continue;
      const auto& name = each.database.name;
      invocation.console.fail("FAILED: Database " + (name.empty() ? "" : name + " ") +
                              "is not on all head revisions\n");
      return Status::Different;
    }
  }
  std::vector<DatabaseListing> listings;
  for (const auto& each : found) {
    listings.push_back(listing_of(invocation, project, each));
  }
  if (!listings.empty()) print_listings(invocation, project, listings, {});
  return Status::Done;
}

}  // namespace

const Command kCurrent{
    .name = "current",
    .summary = "Display the current revision for a database.",
    .options = kOptions,
    .example =
        "  revise current\n"
        "  revise current --check-heads && echo up to date\n",
    .run = run,
};

}  // namespace revise::commands
