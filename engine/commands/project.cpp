#include "engine/commands/project.hpp"

#include <filesystem>

#include "engine/commands/bundle_scripts.hpp"
#include "engine/commands/context.hpp"
#include "engine/commands/database.hpp"
#include "engine/commands/logging.hpp"
#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/online_sink.hpp"

namespace revise::commands {

namespace {

std::string absolute(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal().string();
}

script::Locations locations_of(const config::ScriptSettings& settings) {
  script::Locations locations;
  locations.directory = absolute(settings.script_location);
  for (const auto& location : settings.version_locations) {
    locations.version_locations.push_back(absolute(location));
  }
  if (settings.recursive_version_locations) locations.recursion = script::Recursion::On;
  if (settings.sourceless) locations.sourceless = script::Sourceless::On;
  return locations;
}

}  // namespace

config::Sources open_settings(const Invocation& invocation) {
  const auto& arguments = invocation.arguments;
  const std::string section = invocation.bundle ? invocation.bundle->name : "alembic";
  auto sources = config::read_sources(config::invocation_of_process(
      arguments.values("config"), arguments.value("name").value_or(section)));
  if (invocation.bundle && !sources.ini_found) {
    sources.ini =
        config::Ini::parse(invocation.bundle->ini, "(bundled settings)", sources.here);
  }
  return sources;
}

Project open_project(const Invocation& invocation, config::Need need) {
  // Of all commands, so that a slip shows before the one that waits.
  given_wait_lock(invocation.arguments);
  auto sources =
      in_context("reading the settings", [&] { return open_settings(invocation); });
  // Alembic's commands that need no database never look at the logging sections.
  auto logging =
      config::read_logging(need == config::Need::All ? sources.ini : config::Ini());
  if (invocation.arguments.has("log-sql")) {
    logging.loggers[std::string(migration::kStatementLogger)].level =
        static_cast<int>(log::Level::Info);
  }
  show_log(invocation.console, std::move(logging));
  auto settings = in_context("understanding the settings",
                             [&] { return config::read_settings(sources, need); });
  for (const auto& warning : sources.warnings) log::warning("alembic.config", warning);
  const auto locations = locations_of(settings.script);
  auto scripts = in_context("reading the scripts in " + locations.directory, [&] {
    return invocation.bundle
               ? script::ScriptDirectory(
                     locations, scripts_of(*invocation.bundle, locations.directory))
               : script::ScriptDirectory(locations);
  });
  auto map = in_context("linking the revisions",
                        [&] { return graph::RevisionMap(scripts.revisions()); });
  return {std::move(sources), std::move(settings), std::move(scripts), std::move(map)};
}

void require_script_directory(const Invocation& invocation) {
  if (!invocation.bundle) return;
  throw Error("this is a bundle, which has no script directory for " +
              revise::quoted(invocation.command) + "; use revise where the units are");
}

}  // namespace revise::commands
