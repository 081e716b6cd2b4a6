/// Which settings a bundle carries, and which drivers it needs.

#pragma once

#include <string>
#include <vector>

#include "engine/config/config.hpp"

namespace revise::commands {

/// The text of the ini, every sqlalchemy.url taken out; empty when there is no ini.
std::string settings_of_bundle(const config::Sources& sources);

/// The text of an ini without the option `name`, in whatever section it stands.
std::string without_option(std::string_view ini, std::string_view name);

/// The dialects of all sqlalchemy.url in the ini, sorted; all there are when it has
/// none that tells.
std::vector<std::string> drivers_of_urls(const config::Ini& ini);

}  // namespace revise::commands
