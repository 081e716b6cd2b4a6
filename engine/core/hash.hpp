/// SHA-256, for cache keys and lock keys.

#pragma once

#include <string>
#include <string_view>

namespace revise {

/// The digest of `data` (FIPS 180-4) as 64 lower-case hex digits.
std::string sha256(std::string_view data);

}  // namespace revise
