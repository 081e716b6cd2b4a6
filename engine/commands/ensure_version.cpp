#include "engine/commands/commands.hpp"
#include "engine/commands/migrating.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {kSql};

Status run(const Invocation& invocation) {
  const auto project = open_project(invocation, config::Need::All);
  ensure_version_table(invocation, project);
  return Status::Done;
}

}  // namespace

const Command kEnsureVersion{
    .name = "ensure_version",
    .summary = "Create the alembic version table if it doesn't exist already.",
    .options = kOptions,
    .example = "  revise ensure_version\n",
    .run = run,
};

}  // namespace revise::commands
