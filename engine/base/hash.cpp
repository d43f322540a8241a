#include "base/hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>

namespace wirecopy {

static_assert(XXH3_SECRET_SIZE_MIN <= 192, "the secret is too short for this xxHash");

Hasher::Hasher(std::uint64_t seed) {
  RandomStream words(mix64(seed ^ 0x77697265636f7079ULL));
  for (std::size_t at = 0; at < kSecretBytes; at += sizeof(std::uint64_t)) {
    std::uint64_t word = words();
    for (std::size_t byte = 0; byte < sizeof word; ++byte, word >>= 8) {
      secret_[at + byte] = static_cast<unsigned char>(word);  // byte by byte: the same secret on every machine
    }
  }
}

std::uint64_t Hasher::hash64(const void* data, std::size_t size) const {
  return XXH3_64bits_withSecret(data, size, secret_.data(), secret_.size());
}

Digest Hasher::digest(const void* data, std::size_t size) const {
  const XXH128_hash_t hash = XXH3_128bits_withSecret(data, size, secret_.data(), secret_.size());
  return {hash.high64, hash.low64};
}

}  // namespace wirecopy
