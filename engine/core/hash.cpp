#include "engine/core/hash.hpp"

// OpenSSL 3 would rather have EVP_Digest, whose first use reads a configuration file
// and loads a provider (0.9 ms), and whose every use costs 8 us more than the hash of a
// short text. SHA256() itself goes that way too.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace revise {

std::string sha256(std::string_view data) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, data.data(), data.size());
  SHA256_Final(digest, &state);
  std::string hex;
  hex.reserve(2 * sizeof digest);
  for (const unsigned char byte : digest) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace revise
