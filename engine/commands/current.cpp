#include <algorithm>

#include "engine/commands/commands.hpp"
#include "engine/commands/database.hpp"
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

Status run(const Invocation& invocation) {
  const auto project = open_project(invocation, config::Need::All);
  const auto database = choose_database(invocation, project);
  const auto rows = current_rows(database);
  if (invocation.arguments.has("check-heads") && !is_on_all_heads(project.map, rows)) {
    invocation.console.fail("FAILED: Database is not on all head revisions\n");
    return Status::Different;
  }
  const auto ids = graph::resolve_current(project.map, rows);
  if (invocation.arguments.has("verbose") && !invocation.arguments.has("json")) {
    invocation.console.print("Current revision(s) for " + database.url.redacted() +
                             ":\n");
  }
  std::optional<output::CurrentIds> marked;
  if (invocation.arguments.has("json")) {
    const auto ids_of_rows = graph::resolve_rows(project.map, rows);
    marked.emplace(ids_of_rows.begin(), ids_of_rows.end());
  }
  print_revisions(invocation, project, ids, {}, marked);
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
