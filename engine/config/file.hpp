/// Reads whole files that settings stand in or point to.

#pragma once

#include <optional>
#include <string>

namespace revise::config {

/// The contents of `path`; nothing when there is no such file. Throws ConfigError,
/// with `name` for the file, when it is there and cannot be read.
std::optional<std::string> read_file_if_there(const std::string& path,
                                              const std::string& name);

}  // namespace revise::config
