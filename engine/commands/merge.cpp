#include "engine/commands/commands.hpp"
#include "engine/commands/script_writing.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {
    {"message",      'm',  "MESSAGE", "Message string to use with 'revision'"                    },
    {"splice",       '\0', "",        "Allow non-head revisions to be merged"                    },
    {"branch-label", '\0', "LABEL",
     "Specify a branch label to apply to the new revision"                                       },
    {"rev-id",       '\0', "ID",      "Specify a hardcoded revision id instead of generating one"},
};

Status run(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  require_script_directory(invocation);
  const auto project = open_project(invocation, config::Need::All);
  write_revision(invocation, project,
                 {.message = arguments.value("message").value_or(""),
                  .heads = arguments.positionals,
                  .splice = arguments.has("splice"),
                  .branch_label = arguments.value("branch-label").value_or(""),
                  .rev_id = arguments.value("rev-id").value_or("")});
  return Status::Done;
}

}  // namespace

const Command kMerge{
    .name = "merge",
    .summary = "Merge two revisions together. Creates a new migration file.",
    .positional = {Arity::OneOrMore, "revisions",
                   "One or more revisions, or 'heads' for all heads"},
    .options = kOptions,
    .example = "  revise merge heads -m 'merge the branches'\n",
    .run = run,
};

}  // namespace revise::commands
