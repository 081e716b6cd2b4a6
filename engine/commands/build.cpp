#include "engine/commands/commands.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/units.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/load.hpp"

namespace revise::commands {

namespace {

constexpr std::string_view kLogger = "revise.commands.build";
constexpr std::string_view kCompileCommands = "compile_commands.json";

std::vector<graph::RevisionId> unit_ids(const Project& project) {
  std::vector<graph::RevisionId> ids;
  for (const auto& script : project.scripts.scripts()) {
    if (script.language == script::Language::Cpp)
      ids.push_back(script.revision.revision);
  }
  return ids;
}

void warn_of_foreign_headers(const Project& project, const unit::BuiltUnits& built,
                             const unit::BuildSettings& settings) {
  const auto& directory = project.scripts.locations().directory;
  for (const auto& unit : built.units) {
    for (const auto& header : unit::foreign_headers(unit, directory, settings)) {
      log::warning(kLogger, "unit " + quoted(unit.path) + " includes " +
                                quoted(header) +
                                ", which lies outside the script directory; a unit has "
                                "to compile for as long as its history is replayed");
    }
  }
}

Status run(const Invocation& invocation) {
  require_script_directory(invocation);
  const auto project = open_project(invocation, config::Need::All);
  const auto settings = build_settings(project);
  const auto sources = unit_sources(project, unit_ids(project));
  // First, so that an editor can help with a unit that does not compile.
  const std::string database =
      project.scripts.locations().directory + "/" + std::string(kCompileCommands);
  replace_file(database, unit::compile_commands(sources, settings));

  const auto built =
      unit::build_units(sources, settings, build_progress(invocation.console));
  for (const auto& loaded : unit::load_units(built)) {
    check_compiled(loaded, project.scripts.at(loaded.name));
  }
  warn_of_foreign_headers(project, built, settings);
  const auto count = built.units.size();
  invocation.console.print(std::to_string(count) +
                           (count == 1 ? " unit, " : " units, ") +
                           std::to_string(built.compiled) + " compiled, " +
                           std::to_string(count - built.compiled) + " unchanged\n");
  return Status::Done;
}

}  // namespace

const Command kBuild{
    .name = "build",
    .summary =
        "Compile and load all units, touching no database, and write "
        "compile_commands.json for clangd.",
    .example = "  revise build   # in CI: does every unit still compile?\n",
    .run = run,
};

}  // namespace revise::commands
