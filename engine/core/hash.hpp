/// SHA-256, for cache keys and lock keys; MD5, where others have settled on it.

#pragma once

#include <string>
#include <string_view>

namespace revise {

/// The digest of `data` (FIPS 180-4) as 64 lower-case hex digits.
std::string sha256(std::string_view data);

/// The digest of `data` (RFC 1321) as 32 lower-case hex digits. Keeps no secret.
std::string md5(std::string_view data);

}  // namespace revise
