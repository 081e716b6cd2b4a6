#include "engine/commands/commands.hpp"
#include "engine/commands/environment.hpp"
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

std::vector<unit::UnitSource> environment_sources(const Project& project) {
  const auto path = environment_path(project);
  if (path.empty()) return {};
  return {
      {unit::kEnvironmentName, path, unit::UnitKind::Environment}
  };
}

Status run(const Invocation& invocation) {
  require_script_directory(invocation);
  const auto project = open_project(invocation, config::Need::All);
  const auto settings = build_settings(project);
  const auto sources = unit_sources(project, unit_ids(project));
  const auto environment = environment_sources(project);
  // First, so that an editor can help with a unit that does not compile.
  const std::string database =
      project.scripts.locations().directory + "/" + std::string(kCompileCommands);
  auto all = sources;
  all.insert(all.end(), environment.begin(), environment.end());
  replace_file(database, unit::compile_commands(all, settings));

  const auto progress = build_progress(invocation.console);
  const auto built = unit::build_units(sources, settings, progress);
  for (const auto& loaded : unit::load_units(built)) {
    check_compiled(loaded, project.scripts.at(loaded.name));
  }
  const auto built_environment = unit::build_units(environment, settings, progress);
  if (!environment.empty()) unit::load_environment(built_environment);
  warn_of_foreign_headers(project, built, settings);
  const auto count = built.units.size() + environment.size();
  const auto compiled = built.compiled + built_environment.compiled;
  invocation.console.print(std::to_string(count) +
                           (count == 1 ? " unit, " : " units, ") +
                           std::to_string(compiled) + " compiled, " +
                           std::to_string(count - compiled) + " unchanged\n");
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
