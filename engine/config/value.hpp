/// From a value's text to its type, with an error that says what was expected.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/config/config.hpp"
#include "engine/config/keys.hpp"

namespace revise::config {

/// `found` as `key`'s type says; paths relative to `here`. Throws ConfigError at its
/// place.
KeyValue read_value(const Key& key, const FoundValue& found, const std::string& here);

/// true/yes/on/y/t/1 or false/no/off/n/f/0 in any case (sqlalchemy.util.asbool);
/// nothing for all else.
std::optional<bool> parse_truth(std::string_view text);

/// `path`, made absolute against `folder` when it is relative and not empty.
std::string absolute_path(const std::string& path, const std::string& folder);

}  // namespace revise::config
