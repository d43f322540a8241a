// Hashing: the only header that knows xxHash.
//
// Every hash of a run depends on its seed through a secret, because XXH3's plain seed is no defence against constructed
// collisions: a published pair of inputs collides under one seed in 1,444. Equality is never decided by a hash of less
// than 128 bits.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wirecopy {

/// A bijection of 64-bit words whose output bits each depend on every input bit (the finaliser of MurmurHash3 with the
/// constants of David Stafford's "mix 13").
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// A small deterministic generator of random words (SplitMix64; Steele, Lea, Flood 2014): the same on every machine.
class RandomStream {
 public:
  explicit constexpr RandomStream(std::uint64_t seed) : state_(seed) {}
  constexpr std::uint64_t operator()() { return mix64(state_ += 0x9e3779b97f4a7c15ULL); }
  /// Uniform in [0, bound), bound >= 1 (Lemire's multiplication; its bias is below 2^-32 for bounds under 2^32).
  constexpr std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((*this)() >> 32) * bound >> 32);
  }
  /// Uniform in [0, 1).
  constexpr double unit() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

/// 128 bits that identify content.
struct Digest {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend constexpr auto operator<=>(const Digest&, const Digest&) = default;  // NOLINT(modernize-use-nullptr)
};

/// Hashes byte strings under a seed. Immutable, so any number of threads may share one.
class Hasher {
 public:
  explicit Hasher(std::uint64_t seed);

  [[nodiscard]] std::uint64_t hash64(const void* data, std::size_t size) const;
  [[nodiscard]] std::uint64_t hash64(std::string_view bytes) const { return hash64(bytes.data(), bytes.size()); }
  [[nodiscard]] Digest digest(const void* data, std::size_t size) const;
  [[nodiscard]] Digest digest(std::string_view bytes) const { return digest(bytes.data(), bytes.size()); }

 private:
  static constexpr std::size_t kSecretBytes = 192;
  alignas(64) std::array<unsigned char, kSecretBytes> secret_{};
};

}  // namespace wirecopy
