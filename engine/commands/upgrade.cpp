#include <algorithm>

#include "engine/commands/commands.hpp"
#include "engine/commands/migrating.hpp"
#include "engine/core/error.hpp"
#include "engine/graph/resolve.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {kSql, kTag, kLogSql};

// A script from a place on a branch leads to that branch's heads alone, as Alembic's
// RevisionMap._collect_upgrade_revisions has it: `lib@base:heads`.
graph::Target on_branch_of(const graph::RevisionMap& map, const std::string& start,
                           const graph::Target& target) {
  const auto* symbol = std::get_if<graph::Symbol>(&target);
  if (start.empty() || !symbol) return target;
  const auto label = graph::parse_symbol(start).label;
  if (!map.find_labelled(label)) return target;
  graph::Symbols kept;
  for (const auto& id : graph::resolve_all(map, *symbol)) {
    if (!id) continue;
    const auto labels = map.labels(*id);
    if (std::find(labels.begin(), labels.end(), label) != labels.end()) {
      kept.push_back(graph::parse_symbol(*id));
    }
  }
  return kept;
}

Status run(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  const auto range = parse_script_range(arguments.positionals.front());
  if (range.has_start && !arguments.has("sql")) {
    throw RevisionError(RevisionErrorKind::Command, "Range revision not allowed");
  }
  invocation.request = {RevisionUse::Upgrade, range.end};
  const auto project = open_project(invocation, config::Need::All);
  const auto target =
      on_branch_of(project.map, range.start, graph::parse_target(range.end));
  const Migration migration{
      .plan =
          [&](const graph::Rows& rows) {
            return graph::plan_upgrade(
                project.map, rows, graph::resolve_upgrade(project.map, rows, target));
          },
      .target = range.end,
      .start = range.start};
  migrate(invocation, project, migration);
  return Status::Done;
}

}  // namespace

const Command kUpgrade{
    .name = "upgrade",
    .summary = "Upgrade to a later version.",
    .positional = {Arity::One, "revision",
                   "head, heads, label@head, an id or the beginning of one, +N, id+N; "
                   "with --sql also start:end"},
    .options = kOptions,
    .example =
        "  revise upgrade head\n"
        "  revise upgrade +1\n"
        "  revise upgrade head -v                             # with the SQL logged\n"
        "  revise upgrade 1975ea83b712:head --sql > upgrade.sql\n",
    .run = run,
};

}  // namespace revise::commands
