#include "engine/commands/bundle_scripts.hpp"

#include <filesystem>

#include "engine/core/text.hpp"

namespace revise::commands {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPython = "python";
constexpr std::string_view kUpgradeCommits = "autocommit-upgrade";
constexpr std::string_view kDowngradeCommits = "autocommit-downgrade";

std::vector<std::string> list_of(const char* const* texts) {
  std::vector<std::string> list;
  for (; *texts; ++texts) list.emplace_back(*texts);
  return list;
}

std::string first_paragraph(const std::string& longdoc) {
  return longdoc.substr(0, longdoc.find("\n\n"));
}

script::Script script_of(const unit::BundleRow& row, const fs::path& directory) {
  script::Script script;
  script.path = (directory / row.path).lexically_normal().string();
  script.revision = {row.revision, list_of(row.down_revisions), list_of(row.depends_on),
                     list_of(row.branch_labels), script.path};
  script.longdoc = row.doc;
  script.doc = first_paragraph(script.longdoc);
  for (const auto& note : split(row.notes, ' ')) {
    if (note == kPython) script.language = script::Language::Python;
    if (note == kUpgradeCommits) script.autocommit.upgrade = true;
    if (note == kDowngradeCommits) script.autocommit.downgrade = true;
  }
  return script;
}

}  // namespace

std::vector<script::Script> scripts_of(const unit::BundleTable& table,
                                       const std::string& directory) {
  std::vector<script::Script> scripts;
  scripts.reserve(table.size);
  for (std::size_t i = 0; i < table.size; ++i) {
    scripts.push_back(script_of(table.rows[i], directory));
  }
  return scripts;
}

unit::BundleRevision bundle_revision(const script::Script& script,
                                     const std::string& directory) {
  std::vector<std::string> notes;
  if (script.language == script::Language::Python) notes.emplace_back(kPython);
  if (script.autocommit.upgrade) notes.emplace_back(kUpgradeCommits);
  if (script.autocommit.downgrade) notes.emplace_back(kDowngradeCommits);
  const auto relative = fs::path(script.path).lexically_relative(directory);
  const bool is_below = !relative.empty() && *relative.begin() != "..";
  const bool is_unit = script.language == script::Language::Cpp;
  return {script.revision.revision,
          script.revision.down_revisions,
          script.revision.branch_labels,
          script.revision.depends_on,
          is_below ? relative.string() : script.path,
          script.longdoc,
          join(notes, " "),
          is_unit ? script.path : std::string()};
}

}  // namespace revise::commands
