/// What an env.py seems to set, for those who come from Alembic: its text is searched,
/// never run.

#pragma once

#include <string>
#include <vector>

namespace revise::config {

/// "path:line: text" for each line of an env.py in one of `folders` that seems to set
/// the URL, the version table or a schema. Passwords are hidden. At most 20.
std::vector<std::string> find_settings_in_env_py(
    const std::vector<std::string>& folders);

}  // namespace revise::config
