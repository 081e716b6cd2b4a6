#include "engine/commands/script_writing.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/commands/environment.hpp"
#include "engine/commands/hooks.hpp"
#include "engine/commands/templates.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/graph/branches.hpp"
#include "engine/graph/resolve.hpp"
#include "engine/script/unit_writer.hpp"

namespace revise::commands {

namespace {

constexpr std::string_view kTemplate = "script.cpp.mustache";

[[noreturn]] void refuse(const std::string& message) {
  throw RevisionError(RevisionErrorKind::Command, message);
}

// The down_revisions; none for base.
std::vector<graph::RevisionId> resolve_parents(const graph::RevisionMap& map,
                                               const NewRevision& wanted) {
  std::vector<graph::RevisionId> parents;
  for (const auto& symbol : wanted.heads) {
    // `head` is one head, or an error; several are asked for as `heads`.
    for (const auto& id : graph::resolve_all(map, graph::parse_symbol(symbol))) {
      if (id) parents.push_back(*id);
    }
  }
  const std::set<graph::RevisionId> once(parents.begin(), parents.end());
  if (once.size() != parents.size()) refuse("Duplicate head revisions specified");
  return parents;
}

void check_parents(const graph::RevisionMap& map,
                   const std::vector<graph::RevisionId>& parents,
                   const NewRevision& wanted) {
  for (const auto& parent : parents) {
    if (!wanted.splice && !map.is_head(parent, graph::Edges::Versioned)) {
      refuse("Revision " + parent +
             " is not a head revision; please specify --splice to create a new branch "
             "from this revision");
    }
  }
  // Such a merge point would stand on the older one twice.
  for (const auto& parent : parents) {
    for (const auto& older : graph::ancestors(map, {parent}, graph::Edges::Versioned)) {
      if (older != parent &&
          std::find(parents.begin(), parents.end(), older) != parents.end()) {
        refuse("Revision " + parent + " follows " + older +
               " already; please specify only one of them");
      }
    }
  }
}

// Ids in full; a label that the new revision is itself on stays one.
std::vector<std::string> resolve_dependencies(const graph::RevisionMap& map,
                                              const NewRevision& wanted) {
  std::vector<std::string> dependencies;
  for (const auto& spelt : wanted.depends_on) {
    if (map.find_labelled(spelt)) {
      dependencies.push_back(spelt);
      continue;
    }
    const auto id = graph::resolve_one(map, graph::parse_symbol(spelt));
    if (!id) refuse("a revision cannot depend on " + revise::quoted(spelt));
    dependencies.push_back(*id);
  }
  return dependencies;
}

// A revision or branch of such a name could never be asked for.
void check_is_free(const std::string& name) {
  for (const std::string_view word : {"head", "heads", "base", "current"}) {
    if (name == word) {
      refuse("'" + name + "' means something else wherever a revision is asked for");
    }
  }
}

void check_names(const Project& project, const NewRevision& wanted) {
  check_is_free(wanted.branch_label);
  check_is_free(wanted.rev_id);
  if (!wanted.branch_label.empty()) {
    script::check_branch_label(wanted.branch_label);
    const auto* user = project.map.find_labelled(wanted.branch_label);
    if (user || project.map.find(wanted.branch_label)) {
      const auto& name = user ? user->revision : wanted.branch_label;
      refuse("Branch name '" + wanted.branch_label + "' is already used by revision " +
             name);
    }
  }
  const auto& id = wanted.rev_id;
  if (id.empty()) return;
  if (id == wanted.branch_label) {
    refuse("Branch name '" + id + "' is already used by the new revision itself");
  }
  script::check_revision_id(
      id, static_cast<unsigned>(project.settings.run.version_num_length));
  if (const auto* script = project.scripts.find(id)) {
    refuse("Revision " + id + " is present already, in " + script->path);
  }
  if (const auto* labelled = project.map.find_labelled(id)) {
    refuse("Branch name '" + id + "' is already used by revision " +
           labelled->revision);
  }
}

// A script directory that Alembic made has a template for Python alone.
std::string template_in(const std::filesystem::path& directory) {
  if (std::filesystem::exists(directory / kTemplate)) return directory / kTemplate;
  return std::filesystem::path(templates_directory()) / "generic" / kTemplate;
}

script::UnitFormat format_of(const Project& project) {
  const auto& settings = project.settings.script;
  const std::filesystem::path directory = project.scripts.locations().directory;
  return {template_in(directory), settings.file_template,
          static_cast<unsigned>(settings.truncate_slug_length), settings.timezone};
}

script::NewUnit unit_of(const Project& project, const NewRevision& wanted) {
  const auto parents = resolve_parents(project.map, wanted);
  check_parents(project.map, parents, wanted);
  check_names(project, wanted);
  script::NewUnit unit;
  unit.message = wanted.message;
  unit.revision = wanted.rev_id.empty() ? script::new_revision_id() : wanted.rev_id;
  unit.down_revisions = parents;
  if (!wanted.branch_label.empty()) unit.branch_labels = {wanted.branch_label};
  unit.depends_on = resolve_dependencies(project.map, wanted);
  unit.version_path = script::version_path_for(
      project.scripts.locations(), wanted.version_path,
      parents.empty() ? nullptr : project.scripts.find(parents.front()));
  unit.databases = project.settings.script.databases;
  return unit;
}

// With revision_environment, as Alembic has it.
std::map<std::string, std::string> template_args(const Invocation& invocation,
                                                 const Project& project) {
  if (!project.settings.script.revision_environment) return {};
  return template_arguments(invocation, project,
                            invocation.arguments.has("sql")
                                ? operations::Rendering::Offline
                                : operations::Rendering::Online);
}

}  // namespace

void write_revision(const Invocation& invocation, const Project& project,
                    const NewRevision& wanted) {
  invocation.request = {RevisionUse::NewRevision};
  const auto hooks = config::read_hooks(project.sources);
  auto unit = unit_of(project, wanted);
  unit.template_args = template_args(invocation, project);
  const auto rendered = script::render_unit(format_of(project), unit);
  auto& console = invocation.console;
  for (const auto& directory : rendered.missing_directories) {
    console.print("Creating directory " + directory + " ...");
    script::create_directories({directory});
    console.print("  done\n");
  }
  // Written first, told then: a failure leaves no "Generating" without an end.
  script::write_unit(rendered);
  console.print("Generating " + rendered.path + " ...  done\n");
  run_hooks(hooks, rendered.path, console);
}

}  // namespace revise::commands
