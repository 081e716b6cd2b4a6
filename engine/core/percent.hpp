/// Percent escapes of URLs (RFC 3986, 2.1), as Python's urllib.parse has them.

#pragma once

#include <string>
#include <string_view>

namespace revise {

/// Each `%xx` as its byte; what is no escape stays as it is.
std::string percent_decode(std::string_view text);

/// All but letters, digits, "_.-~" and those in `safe` as `%XX`.
std::string percent_encode(std::string_view text, std::string_view safe);

}  // namespace revise
