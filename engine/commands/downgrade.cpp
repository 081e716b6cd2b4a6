#include "engine/commands/commands.hpp"
#include "engine/commands/migrating.hpp"
#include "engine/core/error.hpp"
#include "engine/graph/resolve.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {kSql, kTag, kLogSql};

[[noreturn]] void refuse(const std::string& message) {
  throw RevisionError(RevisionErrorKind::Command, message);
}

Status run(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  const bool as_script = arguments.has("sql");
  const auto range = parse_script_range(arguments.positionals.front());
  if (range.has_start && !as_script) refuse("Range revision not allowed");
  if (as_script && range.start.empty()) {
    refuse("downgrade with --sql requires <fromrev>:<torev>");
  }
  invocation.request = {RevisionUse::Downgrade, range.end};
  const auto project = open_project(invocation, config::Need::All);
  const auto target = graph::parse_target(range.end);
  const Migration migration{
      .plan =
          [&](const graph::Rows& rows) {
            return graph::plan_downgrade(
                project.map, rows, graph::resolve_downgrade(project.map, rows, target));
          },
      .target = range.end,
      .start = range.start};
  migrate(invocation, project, migration);
  return Status::Done;
}

}  // namespace

const Command kDowngrade{
    .name = "downgrade",
    .summary = "Revert to a previous version.",
    .positional = {Arity::One, "revision",
                   "-N, label@-N, base, label@base, an id or the beginning of one, "
                   "id-N; with --sql start:end"},
    .options = kOptions,
    .example =
        "  revise downgrade -1\n"
        "  revise downgrade base\n"
        "  revise downgrade ae1027a6acf9:1975ea83b712 --sql > downgrade.sql\n",
    .run = run,
};

}  // namespace revise::commands
