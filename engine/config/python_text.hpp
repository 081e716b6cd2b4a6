/// UTF-8 text by the rules of Python's str, where they differ from ASCII's.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace revise::config {

/// str.strip(): without white space at both ends, Unicode's included.
std::string_view strip_unicode(std::string_view text);

/// How many characters of white space `text` begins with.
std::size_t indentation(std::string_view text);

/// str.lower() for ASCII, Latin-1, Greek and Cyrillic letters; all else as it is.
std::string lower_unicode(std::string_view text);

}  // namespace revise::config
