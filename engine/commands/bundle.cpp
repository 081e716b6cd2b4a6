#include "engine/unit/bundle.hpp"

#include <filesystem>

#include "engine/commands/bundle_scripts.hpp"
#include "engine/commands/bundle_settings.hpp"
#include "engine/commands/commands.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/units.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/engine_paths.hpp"

namespace revise::commands {

namespace {

constexpr Option kOptions[] = {
    {"output",         'o',  "FILE",  "The executable to write"                 },
    {"drivers",        '\0', "NAMES",
     "Databases that it can use: sqlite, postgresql, or both with a comma between; "
     "default: those of the ini's URLs"                                         },
    {"list-libraries", '\0', "",      "Print the shared libraries that it needs"},
    {"depfile",        '\0', "FILE",
     "Write what it was made from as a rule of Make, for build systems"         },
};

std::vector<std::string> drivers_for(const Arguments& arguments,
                                     const config::Sources& sources) {
  const auto named = arguments.value("drivers");
  if (!named) return drivers_of_urls(sources.ini);
  std::vector<std::string> drivers;
  for (const auto& name : split(*named, ',')) {
    const std::string driver(strip(name));
    if (driver != "sqlite" && driver != "postgresql") {
      throw UsageError("no driver is called " + revise::quoted(driver) +
                       "; there are sqlite and postgresql");
    }
    drivers.push_back(driver);
  }
  return drivers;
}

unit::BundleRequest request_for(const Invocation& invocation, const Project& project,
                                const std::string& output) {
  unit::BundleRequest request;
  request.output = output;
  request.depfile = invocation.arguments.value("depfile").value_or(std::string());
  request.name = project.sources.section;
  request.ini = settings_of_bundle(project.sources);
  request.drivers = drivers_for(invocation.arguments, project.sources);
  request.environment = environment_path(project);
  const auto& directory = project.scripts.locations().directory;
  for (const auto& script : project.scripts.scripts()) {
    request.revisions.push_back(bundle_revision(script, directory));
  }
  return request;
}

std::string needed_for(const Invocation& invocation) {
  if (!invocation.arguments.has("list-libraries")) return {};
  return ": the libraries that --list-libraries prints are those of the bundle that is "
         "written to it";
}

// Before units are compiled, and in other words than a linker's.
void check_folder(const std::string& output) {
  const auto folder = std::filesystem::path(output).parent_path();
  if (folder.empty() || std::filesystem::is_directory(folder)) return;
  throw Error("cannot write the bundle " + revise::quoted(output) +
              ": there is no folder " + revise::quoted(folder.string()));
}

Status run(const Invocation& invocation) {
  require_script_directory(invocation);
  const auto output = invocation.arguments.value("output");
  if (!output) {
    throw UsageError("'bundle' needs --output FILE" + needed_for(invocation));
  }
  check_folder(*output);
  const auto project = open_project(invocation, config::Need::All);
  const auto request = request_for(invocation, project, *output);
  unit::write_bundle(request, build_settings(project),
                     build_progress(invocation.console));
  if (invocation.arguments.has("list-libraries")) {
    for (const auto& library : unit::needed_libraries(*output)) {
      invocation.console.print(library + "\n");
    }
  } else {
    invocation.console.print("Generating " + *output + " ...  done\n");
  }
  return Status::Done;
}

}  // namespace

const Command kBundle{
    .name = "bundle",
    .summary =
        "Write one executable that holds this tool and all units, and needs no "
        "compiler where it runs.",
    .options = kOptions,
    .example =
        "  revise bundle -o migrate\n"
        "  REVISE_DATABASE_URL=sqlite:///app.db ./migrate upgrade head\n",
    .more =
        "The bundle takes the same commands, but for those that write units. It "
        "carries the\n"
        "settings it was made with, without any URL; an ini where it runs takes "
        "their place.\n",
    .run = run,
};

}  // namespace revise::commands
