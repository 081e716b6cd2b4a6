#include <filesystem>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/script/file_reader.hpp"
#include "engine/script/script_directory.hpp"

namespace revise::script {
namespace {

namespace fs = std::filesystem;

std::string absolute(std::string_view path) {
  std::string plain = fs::absolute(fs::path(path)).lexically_normal().string();
  if (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  return plain;
}

// Links resolved as far as the path exists.
std::string resolved(const std::string& path) {
  std::error_code ignored;
  const std::string real = fs::weakly_canonical(path, ignored).string();
  return real.empty() ? path : real;
}

// With recursive locations a parent may stand further down; its own folder is right.
bool is_below(const std::string& folder, const std::string& location) {
  return folder == location || folder.starts_with(location + "/");
}

}  // namespace

std::vector<std::string> missing_directories(const std::string& path) {
  std::vector<std::string> missing;
  std::error_code ignored;
  for (fs::path folder = absolute(path); !fs::exists(folder, ignored);
       folder = folder.parent_path()) {
    missing.insert(missing.begin(), folder.string());
    if (folder == folder.parent_path()) break;
  }
  return missing;
}

std::string version_path_for(const Locations& locations, std::string_view wanted,
                             const Script* parent) {
  if (!wanted.empty()) {
    const std::string path = absolute(wanted);
    for (const std::string& location : locations.version_locations) {
      if (absolute(location) == path) return path;
    }
    throw RevisionError(RevisionErrorKind::Command,
                        "Path " + std::string(wanted) +
                            " is not represented in current version locations");
  }
  if (locations.version_locations.size() == 1) {
    return absolute(locations.version_locations.front());
  }
  if (parent != nullptr) {
    const std::string folder = fs::path(parent->path).parent_path().string();
    for (const std::string& location : locations.version_locations) {
      if (is_below(folder, resolved(absolute(location)))) return folder;
    }
  }
  throw RevisionError(
      RevisionErrorKind::Command,
      "Multiple version locations present, please specify --version-path");
}

}  // namespace revise::script
