#include "engine/commands/templates.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/commands/files.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::commands {

namespace fs = std::filesystem;

std::string templates_directory() {
  std::error_code ignored;
  const fs::path tool = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path installed =
      tool.parent_path().parent_path() / REVISE_TEMPLATES_BELOW_PREFIX;
  if (fs::is_directory(installed, ignored)) return installed.string();
  const fs::path in_sources = REVISE_TEMPLATES_IN_SOURCES;
  if (fs::is_directory(in_sources, ignored)) return in_sources.string();
  throw Error("no templates found; looked in " + revise::quoted(installed.string()) +
              " and " + revise::quoted(in_sources.string()));
}

std::vector<TemplateInfo> find_templates(const std::string& directory) {
  std::vector<TemplateInfo> found;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (!entry.is_directory()) continue;
    const fs::path readme = entry.path() / "README";
    std::string summary;
    if (fs::exists(readme)) summary = split(read_file(readme.string()), '\n').front();
    found.push_back({entry.path().filename().string(), summary});
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return found;
}

}  // namespace revise::commands
