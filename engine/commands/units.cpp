#include "engine/commands/units.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/bundle.hpp"
#include "engine/unit/engine_paths.hpp"
#include "engine/unit/load.hpp"

namespace revise::commands {

namespace {

constexpr std::string_view kBuildDirectory = ".revise";

[[noreturn]] void refuse_python(const script::Script& script) {
  UnitError error("revision " + revise::quoted(script.revision.revision) +
                      " is written in Python, which revise does not run",
                  script.path);
  error.add_note(script.path);
  error.add_note("run it with Alembic, or say that it has run with 'revise stamp " +
                 script.revision.revision +
                 "', or put a C++ unit of the same revision beside it, which then "
                 "takes its place");
  throw error;
}

void check_list(const unit::LoadedUnit& unit, std::string_view member,
                const std::vector<std::string>& compiled,
                const std::vector<std::string>& scanned) {
  if (compiled == scanned) return;
  throw UnitError("unit " + revise::quoted(unit.path) + " was compiled with " +
                      std::string(member) + " {" + join(compiled, ", ") +
                      "}, and its source reads {" + join(scanned, ", ") +
                      "}; write the revision in plain literals",
                  unit.path);
}

}  // namespace

unit::BuildSettings build_settings(const Project& project) {
  const auto& wanted = project.settings.build;
  unit::BuildSettings settings;
  if (!wanted.compiler.empty()) settings.compiler = wanted.compiler;
  settings.cxxflags = wanted.cxxflags;
  settings.include_directories = wanted.include_directories;
  for (const auto& folder : wanted.include_directories) {
    if (std::filesystem::is_directory(folder)) continue;
    log::warning("alembic.config", "include_directories names " +
                                       revise::quoted(folder) +
                                       ", and there is no such folder");
  }
  settings.libraries = wanted.libraries;
  settings.build_directory =
      wanted.build_directory.empty()
          ? project.sources.here + "/" + std::string(kBuildDirectory)
          : wanted.build_directory;
  settings.jobs = static_cast<std::size_t>(std::max(0, wanted.jobs));
  settings.engine = unit::engine_paths();
  return settings;
}

unit::BuildProgress build_progress(output::Console& console) {
  if (!console.err_is_terminal()) return {};
  return [&console](std::size_t done, std::size_t all, const unit::UnitSource& unit) {
    console.draw("\r\033[Kcompiling " + std::to_string(done + 1) + "/" +
                 std::to_string(all) + " " + unit.name +
                 (done + 1 == all ? "\r\033[K" : ""));
  };
}

std::vector<unit::UnitSource> unit_sources(const Project& project,
                                           const std::vector<graph::RevisionId>& ids) {
  std::vector<unit::UnitSource> sources;
  sources.reserve(ids.size());
  for (const auto& id : ids) {
    const auto& script = project.scripts.at(id);
    if (script.language == script::Language::Python) refuse_python(script);
    sources.push_back({id, script.path});
  }
  return sources;
}

void check_compiled(const unit::LoadedUnit& unit, const script::Script& script) {
  const auto compiled = unit::compiled_revision(unit);
  const auto& scanned = script.revision;
  check_list(unit, "revision", {compiled.revision}, {scanned.revision});
  check_list(unit, "down_revision", compiled.down_revisions, scanned.down_revisions);
  check_list(unit, "branch_labels", compiled.branch_labels, scanned.branch_labels);
  check_list(unit, "depends_on", compiled.depends_on, scanned.depends_on);
}

bool Units::ready(const std::vector<graph::RevisionId>& ids) const {
  return std::all_of(ids.begin(), ids.end(),
                     [this](const auto& id) { return loaded_.contains(id); });
}

void Units::prepare(const std::vector<graph::RevisionId>& ids) {
  std::vector<graph::RevisionId> missing;
  for (const auto& id : ids) {
    if (!loaded_.contains(id)) missing.push_back(id);
  }
  if (invocation_.bundle) {
    take_from_bundle(missing);
  } else {
    build(missing);
  }
}

void Units::take_from_bundle(const std::vector<graph::RevisionId>& ids) {
  std::map<std::string_view, const unit::BundleRow*> rows;
  for (std::size_t i = 0; i < invocation_.bundle->size; ++i) {
    const auto& row = invocation_.bundle->rows[i];
    rows.emplace(row.revision, &row);
  }
  for (const auto& id : ids) {
    const auto* row = rows.at(id);
    if (!row->entry) refuse_python(project_.scripts.at(id));
    auto loaded = unit::unit_of(*row);
    check_compiled(loaded, project_.scripts.at(id));
    loaded_.emplace(id, std::move(loaded));
  }
}

void Units::build(const std::vector<graph::RevisionId>& ids) {
  const auto sources = unit_sources(project_, ids);
  const auto built = unit::build_units(sources, build_settings(project_),
                                       build_progress(invocation_.console));
  for (auto& loaded : unit::load_units(built)) {
    check_compiled(loaded, project_.scripts.at(loaded.name));
    const auto name = loaded.name;
    loaded_.emplace(name, std::move(loaded));
  }
}

migration::UnitSource Units::source() {
  return {
      .ready = [this](const auto& ids) { return ready(ids); },
      .prepare = [this](const auto& ids) { prepare(ids); },
      .at =
          [this](const auto& id) {
            const auto& loaded = loaded_.at(id);
            return migration::UnitFunctions{unit::upgrade_of(loaded),
                                            unit::downgrade_of(loaded)};
          },
  };
}

}  // namespace revise::commands
