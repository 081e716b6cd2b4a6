#include "engine/core/hash.hpp"

// OpenSSL 3 would rather have EVP_Digest, whose first use reads a configuration file
// and loads a provider (0.9 ms), and whose every use costs 8 us more than the hash of a
// short text. SHA256() itself goes that way too.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md5.h>
#include <openssl/sha.h>

#include <span>

namespace revise {

namespace {

std::string hex_of(std::span<const unsigned char> digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace

std::string sha256(std::string_view data) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, data.data(), data.size());
  SHA256_Final(digest, &state);
  return hex_of(digest);
}

std::string md5(std::string_view data) {
  unsigned char digest[MD5_DIGEST_LENGTH];
  MD5_CTX state;
  MD5_Init(&state);
  MD5_Update(&state, data.data(), data.size());
  MD5_Final(digest, &state);
  return hex_of(digest);
}

}  // namespace revise
