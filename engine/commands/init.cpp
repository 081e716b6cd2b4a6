#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "engine/commands/commands.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/templates.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/script/unit_writer.hpp"

namespace revise::commands {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTemplateSuffix = ".mustache";
constexpr std::string_view kIni = "alembic.ini";

constexpr Option kOptions[] = {
    {"template", 't',  "NAME", "Template to copy; 'list_templates' shows them" },
    {"package",  '\0', "",     "Write __init__.py files, for Python beside C++"},
};

// What the files say, and where each goes, before any of them is written.
struct Plan {
  fs::path directory;
  std::vector<fs::path> directories;                       // to create
  std::vector<std::pair<fs::path, std::string>> files;     // path, text
  std::vector<std::pair<fs::path, std::string>> packages;  // __init__.py
  fs::path ini;
  bool ini_exists = false;
};

fs::path ini_path(const Invocation& invocation) {
  for (const auto& file : invocation.arguments.values("config")) {
    if (fs::path(file).filename() != "pyproject.toml") return fs::absolute(file);
  }
  const char* named = std::getenv("ALEMBIC_CONFIG");
  if (named && fs::path(named).filename() != "pyproject.toml")
    return fs::absolute(named);
  return fs::absolute(kIni);
}

// As an ini's value: ConfigParser reads % as the start of an interpolation.
std::string location_in_ini(const fs::path& directory, const fs::path& ini) {
  const auto relative = directory.lexically_relative(ini.parent_path());
  return replace_all(relative.empty() ? directory.string() : relative.string(), "%",
                     "%%");
}

void check_target(const fs::path& directory) {
  if (!fs::exists(directory)) return;
  if (!fs::is_directory(directory)) {
    throw Error(revise::quoted(directory.string()) + " exists and is no directory");
  }
  if (!fs::is_empty(directory)) {
    throw RevisionError(
        RevisionErrorKind::Command,
        "Directory " + directory.string() + " already exists and is not empty");
  }
}

void plan_directory(Plan& plan, const fs::path& directory) {
  if (!fs::exists(directory)) plan.directories.push_back(directory);
}

Plan plan_files(const Invocation& invocation, const fs::path& source) {
  Plan plan;
  if (invocation.arguments.positionals.front().empty()) {
    throw UsageError("'init' needs directory; see 'revise init --help'");
  }
  plan.directory =
      fs::absolute(invocation.arguments.positionals.front()).lexically_normal();
  if (!plan.directory.has_filename()) plan.directory = plan.directory.parent_path();
  check_target(plan.directory);
  plan_directory(plan, plan.directory);
  plan_directory(plan, plan.directory / "versions");
  plan.ini = ini_path(invocation);
  plan.ini_exists = fs::exists(plan.ini);

  std::vector<fs::path> names;
  for (const auto& entry : fs::directory_iterator(source)) {
    if (entry.is_regular_file()) names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  for (const auto& name : names) {
    const std::string text = read_file((source / name).string());
    if (name.string() != std::string(kIni) + std::string(kTemplateSuffix)) {
      plan.files.emplace_back(plan.directory / name, text);
    } else if (!plan.ini_exists) {
      plan.files.emplace_back(
          plan.ini, script::render_template(
                        text, {
                                  {"script_location",
                                   location_in_ini(plan.directory, plan.ini)}
      }));
    }
  }
  if (invocation.arguments.has("package")) {
    plan.packages.emplace_back(plan.directory / "__init__.py", "");
    plan.packages.emplace_back(plan.directory / "versions" / "__init__.py", "");
  }
  return plan;
}

void create_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error)
    throw Error("cannot create " + revise::quoted(path.string()) + ": " +
                error.message());
}

void carry_out(const Plan& plan, output::Console& console) {
  // Done first, told then: a failure leaves no line without an end.
  for (const auto& directory : plan.directories) {
    create_folders(directory);
    console.print("Creating directory " + directory.string() + " ...  done\n");
  }
  for (const auto& [path, text] : plan.files) {
    write_new_file(path.string(), text);
    console.print("Generating " + path.string() + " ...  done\n");
  }
  for (const auto& [path, text] : plan.packages) {
    write_new_file(path.string(), text);
    console.print("Adding " + path.string() + " ...  done\n");
  }
}

Status run(const Invocation& invocation) {
  const fs::path templates = templates_directory();
  const fs::path source =
      templates / invocation.arguments.value("template").value_or("generic");
  if (!fs::is_directory(source)) {
    throw RevisionError(RevisionErrorKind::Command,
                        "No such template " + source.string());
  }
  const Plan plan = plan_files(invocation, source);
  carry_out(plan, invocation.console);
  if (plan.ini_exists) {
    invocation.console.print("File " + plan.ini.string() +
                             " already exists, skipping\n");
  } else {
    invocation.console.print(
        "Please edit configuration/connection/logging settings in " +
        plan.ini.string() + " before proceeding.\n");
  }
  return Status::Done;
}

}  // namespace

const Command kInit{
    .name = "init",
    .summary = "Initialize a new scripts directory.",
    .positional = {Arity::One, "directory", "Location of the scripts directory"},
    .options = kOptions,
    .example =
        "  revise init migrations\n"
        "  # then set sqlalchemy.url in alembic.ini\n",
    .run = run,
};

}  // namespace revise::commands
