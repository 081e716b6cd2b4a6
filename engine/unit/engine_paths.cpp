#include "engine/unit/engine_paths.hpp"

#include <filesystem>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::unit {

namespace {

namespace fs = std::filesystem;

bool has_headers(const fs::path& include) {
  std::error_code error;
  return fs::exists(include / "revise" / "unit.hpp", error);
}

}  // namespace

EnginePaths engine_paths() {
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  const fs::path source_include = REVISE_SOURCE_INCLUDE;
  const std::string build_folder = REVISE_BUILD_FOLDER;
  if (executable.string().starts_with(build_folder + "/") &&
      has_headers(source_include)) {
    return {source_include, build_folder};
  }
  const fs::path prefix = executable.parent_path().parent_path();
  const fs::path include = prefix / REVISE_INSTALL_INCLUDE;
  if (has_headers(include)) return {include, prefix / REVISE_INSTALL_LIBRARY};
  throw UnitError("the headers of revise are not in " +
                  revise::quoted(include.string()) +
                  ", so no unit can be compiled; install revise as a whole");
}

}  // namespace revise::unit
