#include "engine/commands/commands.hpp"
#include "engine/commands/migrating.hpp"
#include "engine/core/error.hpp"
#include "engine/graph/resolve.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {kSql, kTag};

Status run(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  const auto range = parse_script_range(arguments.positionals.front());
  if (range.has_start && !arguments.has("sql")) {
    throw RevisionError(RevisionErrorKind::Command, "Range revision not allowed");
  }
  invocation.request = {RevisionUse::Upgrade, range.end};
  const auto project = open_project(invocation, config::Need::All);
  const auto target = graph::parse_target(range.end);
  const Migration migration{.plan = [&](const graph::Rows& rows) {
    return graph::plan_upgrade(project.map, rows,
                               graph::resolve_upgrade(project.map, rows, target));
  }};
  if (arguments.has("sql")) {
    print_script(invocation, project, migration,
                 rows_of_start(project.map, range.start));
  } else {
    migrate(invocation, project, migration);
  }
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
        "  revise upgrade 1975ea83b712:head --sql > upgrade.sql\n",
    .run = run,
};

}  // namespace revise::commands
