#include "engine/commands/commands.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/known_rows.hpp"
#include "engine/commands/printing.hpp"
#include "engine/commands/symbols.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/graph/order.hpp"
#include "engine/graph/resolve.hpp"
#include "engine/graph/target.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {
    {"rev-range",        'r',  "RANGE", "Specify a revision range; format is [start]:[end]"},
    kVerbose,
    {"indicate-current", 'i',  "",      "Indicate the current revision"                    },
    {"pending",          '\0', "",      "Only what an upgrade to heads would run"          },
    kJson,
};

bool needs_database(const Arguments& arguments, const graph::Range& range) {
  return arguments.has("indicate-current") || arguments.has("pending") ||
         range.start == kCurrentSymbol || range.end == kCurrentSymbol;
}

graph::RangeEnd range_end(const std::string& text, const graph::Rows& rows) {
  if (text == kCurrentSymbol) return rows;
  return text;
}

// The rows can be one end only, as in Alembic: from themselves to themselves says
// nothing.
graph::RangeEnd range_start(const graph::Range& range, const graph::Rows& rows) {
  if (range.end == kCurrentSymbol) return range.start;
  return range_end(range.start, rows);
}

// As the words of an error name it: rows by their ids, base when there are none.
std::string spelling(const std::string& text, const graph::Rows& rows,
                     std::string_view absent) {
  if (text == kCurrentSymbol) return rows.empty() ? "base" : join(rows, ", ");
  return text.empty() ? std::string(absent) : text;
}

// What is listed where the version table holds `rows`.
DatabaseListing listing_of(const Invocation& invocation, const Project& project,
                           const graph::Range& range, const graph::Rows& rows) {
  const auto& arguments = invocation.arguments;
  invocation.request = {RevisionUse::History, spelling(range.end, rows, "heads"),
                        spelling(range.start, rows, "base")};
  const auto selection = with_known_rows(project.map, rows, [&] {
    return arguments.has("pending")
               ? graph::resolve_pending(project.map, rows)
               : graph::resolve_history(project.map, range_start(range, rows),
                                        range_end(range.end, rows));
  });
  DatabaseListing listing;
  listing.ids = graph::newest_first(project.map, selection);
  if (arguments.has("indicate-current") ||
      (needs_database(arguments, range) && arguments.has("json"))) {
    listing.current.emplace(rows.begin(), rows.end());
  }
  return listing;
}

Status run(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  const auto spelt = arguments.value("rev-range");
  if (spelt && arguments.has("pending")) {
    throw UsageError("--pending and --rev-range exclude one another");
  }
  const auto range = spelt ? graph::parse_range(*spelt) : graph::Range();
  const bool is_online = needs_database(arguments, range);
  const auto project =
      open_project(invocation, is_online ? config::Need::All : config::Need::Script);
  std::vector<DatabaseListing> listings;
  if (is_online) {
    for (const auto& found : rows_of_databases(invocation, project)) {
      listings.push_back(listing_of(invocation, project, range, found.rows));
      listings.back().database = found.database.name;
    }
    if (listings.empty()) return Status::Done;
  } else {
    listings.push_back(listing_of(invocation, project, range, {}));
  }
  print_listings(invocation, project, listings,
                 {.parents = output::Parents::Shown,
                  .labels = output::Labels::Shown,
                  .doc = output::Doc::Shown});
  return Status::Done;
}

}  // namespace

const Command kHistory{
    .name = "history",
    .summary = "List changeset scripts in chronological order.",
    .options = kOptions,
    .example =
        "  revise history -i\n"
        "  revise history -r 1975ea83b712:head\n"
        "  revise history -r-3:            # the newest ones\n"
        "  revise history --pending        # what an upgrade to heads would run\n",
    .run = run,
};

}  // namespace revise::commands
