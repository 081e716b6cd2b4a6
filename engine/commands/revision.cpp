#include "engine/commands/commands.hpp"
#include "engine/commands/script_writing.hpp"
#include "engine/core/error.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {
    {"message",      'm',  "MESSAGE", "Message string to use with 'revision'"                    },
    {"autogenerate", '\0', "",        "Not there: units are written by hand for now"             },
    {"sql",          '\0', "",        "With revision_environment: env.cpp runs as for a script"  },
    {"head",         '\0', "HEAD",
     "Specify head revision or <branchname>@head to base new revision on"                        },
    {"splice",       '\0', "",        "Allow a non-head revision as the 'head' to splice onto"   },
    {"branch-label", '\0', "LABEL",
     "Specify a branch label to apply to the new revision"                                       },
    {"version-path", '\0', "PATH",
     "Specify specific path from config for version file"                                        },
    {"rev-id",       '\0', "ID",      "Specify a hardcoded revision id instead of generating one"},
    {"depends-on",   '\0', "REV",
     "A revision, or its branch label, which this one should depend on; may be given "
     "several times"                                                                             },
};

Status run(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  require_script_directory(invocation);
  if (arguments.has("autogenerate")) {
    throw UnsupportedError(
        "revise cannot write the operations of a revision by itself (--autogenerate); "
        "leave the option out and write them into the new unit");
  }
  const auto project = open_project(invocation, config::Need::All);
  if (arguments.has("sql") && !project.settings.script.revision_environment) {
    throw RevisionError(
        RevisionErrorKind::Command,
        "Using --sql with the revision command when revision_environment "
        "is not configured does not make any sense");
  }
  write_revision(invocation, project,
                 {.message = arguments.value("message").value_or(""),
                  .heads = {arguments.value("head").value_or("head")},
                  .splice = arguments.has("splice"),
                  .branch_label = arguments.value("branch-label").value_or(""),
                  .version_path = arguments.value("version-path").value_or(""),
                  .rev_id = arguments.value("rev-id").value_or(""),
                  .depends_on = arguments.values("depends-on")});
  return Status::Done;
}

}  // namespace

const Command kRevision{
    .name = "revision",
    .summary = "Create a new revision file.",
    .options = kOptions,
    .example =
        "  revise revision -m 'add account'\n"
        "  revise revision -m 'start of lib' --head base --branch-label lib\n",
    .run = run,
};

}  // namespace revise::commands
