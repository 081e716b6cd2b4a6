#include <filesystem>
#include <nlohmann/json.hpp>

#include "engine/core/process.hpp"
#include "engine/unit/build.hpp"
#include "engine/unit/toolchain.hpp"

namespace revise::unit {

namespace {

namespace fs = std::filesystem;

bool is_below(const std::string& path, const std::string& folder) {
  return path.starts_with(folder.ends_with('/') ? folder : folder + "/");
}

std::string absolute(const std::string& path) {
  std::string normal = fs::absolute(path).lexically_normal();
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal;
}

}  // namespace

std::vector<std::string> foreign_headers(const BuiltUnit& unit,
                                         const std::string& script_directory,
                                         const BuildSettings& settings) {
  std::vector<std::string> foreign;
  const std::string own = absolute(script_directory);
  const std::string engine = absolute(settings.engine.include);
  for (const auto& [path, hash] : *unit.dependencies) {
    if (!is_below(path, own) && !is_below(path, engine) && !is_below(path, "/usr")) {
      foreign.push_back(path);
    }
  }
  return foreign;
}

std::string compile_commands(const std::vector<UnitSource>& sources,
                             const BuildSettings& settings) {
  auto entries = nlohmann::ordered_json::array();
  const auto compiler = find_program(settings.compiler);
  for (const auto& source : sources) {
    std::vector<std::string> arguments = {compiler.empty() ? settings.compiler
                                                           : compiler};
    const auto flags = language_flags(settings);
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const auto path = absolute(source.path);
    arguments.insert(arguments.end(), {"-c", path});
    entries.push_back({
        {"directory", fs::current_path().string()},
        {"file",      path                       },
        {"arguments", arguments                  }
    });
  }
  // A path need not be UTF-8, and JSON must be.
  return entries.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace revise::unit
