/// UTF-8 text by the rules of Python's str, where they differ from ASCII's.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace revise::config {

/// The place of the first byte that Python's strict decoder refuses; nothing for valid
/// UTF-8.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// str.strip(): without white space at both ends, Unicode's included.
std::string_view strip_unicode(std::string_view text);

/// How many characters of white space `text` begins with.
std::size_t indentation(std::string_view text);

/// str.lower() for ASCII, Latin-1, Greek and Cyrillic letters; all else as it is.
std::string lower_unicode(std::string_view text);

}  // namespace revise::config
