#include "engine/commands/commands.hpp"
#include "engine/commands/migrating.hpp"
#include "engine/core/error.hpp"
#include "engine/graph/resolve.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {
    kSql,
    kTag,
    {"purge", '\0', "", "Unconditionally erase the version table before stamping"},
};

[[noreturn]] void refuse(const std::string& message) {
  throw RevisionError(RevisionErrorKind::Command, message);
}

// `start:revision` each; the start must be the same.
ScriptRange common_range(const std::vector<std::string>& words,
                         std::vector<std::string>& targets) {
  ScriptRange common;
  for (const auto& word : words) {
    const auto range = parse_script_range(word);
    if (range.has_start && common.has_start && range.start != common.start) {
      refuse(
          "Stamp operation with --sql only supports a single starting revision at a "
          "time");
    }
    if (range.has_start) common = range;
    targets.push_back(range.end);
  }
  return common;
}

// Rows that name no revision are in the way of every plan: this is the way out.
graph::Plan plan_purge(const graph::RevisionMap& map, const graph::Rows& rows,
                       const graph::Symbols& targets) {
  auto plan = graph::plan_stamp(map, {}, graph::resolve_stamp(map, {}, targets));
  plan.before = rows;
  if (rows.empty()) return plan;
  graph::Step purge{.direction = graph::Direction::Downgrade, .from = rows};
  for (const auto& row : rows) {
    purge.changes.push_back({graph::RowChange::Kind::Delete, row, {}});
  }
  plan.steps.insert(plan.steps.begin(), purge);
  return plan;
}

Status run(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  const bool as_script = arguments.has("sql");
  const bool purge = arguments.has("purge");
  if (as_script && purge) refuse("Can't use --purge with --sql mode");
  ScriptRange range;
  std::vector<std::string> words;
  if (as_script) {
    range = common_range(arguments.positionals, words);
  } else {
    words = arguments.positionals;
  }
  invocation.request = {RevisionUse::Stamp};
  const auto project = open_project(invocation, config::Need::All);
  const auto targets = graph::parse_symbols(words);
  const Migration migration{.plan =
                                [&](const graph::Rows& rows) {
                                  if (purge)
                                    return plan_purge(project.map, rows, targets);
                                  return graph::plan_stamp(
                                      project.map, rows,
                                      graph::resolve_stamp(project.map, rows, targets));
                                },
                            .effect = migration::Effect::RowsOnly,
                            .target = words.front(),
                            .start = range.start};
  migrate(invocation, project, migration);
  return Status::Done;
}

}  // namespace

const Command kStamp{
    .name = "stamp",
    .summary =
        "'stamp' the revision table with the given revision; don't run any migrations.",
    .positional = {Arity::OneOrMore, "revisions",
                   "One or more revisions, or 'heads' for all heads; base for none"},
    .options = kOptions,
    .example =
        "  revise stamp head              # adopt a database that is up to date\n"
        "  revise stamp --purge heads     # whatever the table held\n",
    .run = run,
};

}  // namespace revise::commands
