/// A file of NAME=value lines, as `.env` files are.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace revise::config {

/// The last value of `name` in `text`: bare up to " #", 'as it is', or "with \n, \" and
/// \\"; an `export` in front is passed over. Nothing when it is not there. Throws
/// ConfigError, with `file` and line and without the value, on a line that is none.
std::optional<std::string> find_in_env_file(std::string_view text,
                                            std::string_view name,
                                            const std::string& file);

}  // namespace revise::config
