/// Where the templates are that `init` copies.

#pragma once

#include <string>
#include <vector>

namespace revise::commands {

/// The folder that holds one folder a template: below the prefix of an installed tool,
/// else in the source tree. Throws Error, naming where it looked, when there is none.
std::string templates_directory();

struct TemplateInfo {
  std::string name;
  std::string summary;  ///< first line of its README
};

/// In order of their names.
std::vector<TemplateInfo> find_templates(const std::string& directory);

}  // namespace revise::commands
