/// A folder of its own with settings in it, for the tests of this layer.

#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/config/config.hpp"

namespace revise::tests {

class ConfigProject {
 public:
  ConfigProject() {
    std::string name = std::filesystem::temp_directory_path() / "revise-config-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ConfigProject(const ConfigProject&) = delete;
  ConfigProject& operator=(const ConfigProject&) = delete;
  ~ConfigProject() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  const std::string& folder() const { return folder_; }

  /// Writes `text` to `path` below the folder, and makes the folders to it.
  void write(const std::string& path, const std::string& text) const {
    const auto full = std::filesystem::path(folder_) / path;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full) << text;
  }

  void set_variable(const std::string& name, const std::string& value) {
    variables_[name] = value;
  }

  /// Read as a command in this folder would, with no variables but those set here.
  config::Sources sources(std::vector<std::string> files = {},
                          std::string section = "alembic") const {
    return config::read_sources(
        {.config_files = std::move(files),
         .section = std::move(section),
         .environment = [variables = variables_](
                            const std::string& name) -> std::optional<std::string> {
           const auto found = variables.find(name);
           if (found == variables.end()) return std::nullopt;
           return found->second;
         },
         .working_directory = folder_});
  }

 private:
  std::string folder_;
  std::map<std::string, std::string> variables_;
};

}  // namespace revise::tests
