// The hash of a token's spelling: inline, and without branches for spellings of up to 16 bytes.
//
// Two words of eight bytes are masked to the spelling (which contains no NUL, so they imply its length), combined with
// secret words and multiplied to 128 bits, whose halves are folded together. Longer spellings chain that over 16 bytes
// at a time. One more such multiplication finishes the hash. No bound on collisions is proved; a unit test checks that
// the 30 bits of a token collide no more than by chance.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "base/hash.hpp"

namespace wirecopy {

/// Masks of the two words that contain a spelling of up to 16 bytes, by its size.
struct SpellingMasks {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};
inline constexpr auto kSpellingMasks = [] {
  std::array<SpellingMasks, 17> masks{};
  for (unsigned size = 1; size <= 16; ++size) {
    masks[size].first = size >= 8 ? ~std::uint64_t{0} : ~std::uint64_t{0} >> (64 - 8 * size);
    masks[size].second = size <= 8 ? 0 : ~std::uint64_t{0} >> (128 - 8 * size);
  }
  return masks;
}();

/// Immutable: any number of threads may share one.
class TokenHash {
 public:
  explicit TokenHash(std::uint64_t seed) {
    RandomStream random(mix64(seed ^ 0x746f6b656e7321ULL));
    for (std::uint64_t& word : secret_) word = random();
  }

  /// Hashes `size` >= 1 bytes without NULs; 16 bytes beyond them must be readable. The same on every machine.
  [[nodiscard]] std::uint64_t operator()(const char* spelling, std::uint32_t size) const {
    std::uint64_t chained = 0;
    for (; size > 16; size -= 16, spelling += 16) chained = mix(load(spelling), load(spelling + 8), chained);
    const SpellingMasks& masks = kSpellingMasks[size];
    const std::uint64_t all = mix(load(spelling) & masks.first, load(spelling + 8) & masks.second, chained);
    return multiply(all ^ secret_[2], secret_[3] ^ all >> 32);
  }

 private:
  static_assert(std::endian::native == std::endian::little, "the first byte of a word must be its lowest");

  static std::uint64_t load(const char* from) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, sizeof word);
    return word;
  }
  static std::uint64_t multiply(std::uint64_t one, std::uint64_t other) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(one) * other;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  [[nodiscard]] std::uint64_t mix(std::uint64_t first, std::uint64_t second, std::uint64_t chained) const {
    return multiply(first ^ secret_[0], second ^ secret_[1] ^ chained);
  }

  std::array<std::uint64_t, 4> secret_{};
};

}  // namespace wirecopy
