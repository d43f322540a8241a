// Fast Similarity Sketching directly from its definition: every shingle's rank in every bin, and the minimum of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "base/hash.hpp"

namespace wirecopy::reference {

/// The constants of a MinHasher, drawn as its signatures define: masks, then multipliers, for each round.
struct MinHashConstants {
  std::uint64_t masks;
  std::uint64_t multipliers;
};

inline std::vector<MinHashConstants> minhash_constants(unsigned count, std::uint64_t seed) {
  RandomStream words(mix64(seed ^ 0x6d696e68617368ULL));  // "minhash"
  std::vector<MinHashConstants> constants(count);
  for (auto& [masks, multipliers] : constants) {
    masks = words();
    multipliers = words();
  }
  return constants;
}

/// The signature of `shingles`, in O(n k), with a rank of (round, value) for each shingle and bin.
inline std::vector<std::uint32_t> minhash(const std::vector<std::uint64_t>& shingles, unsigned permutations,
                                          std::uint64_t seed) {
  constexpr std::uint32_t kMax = std::numeric_limits<std::uint32_t>::max();
  using Rank = std::pair<unsigned, std::uint32_t>;
  const unsigned scatter = std::max(1U, permutations / 4);
  const auto constants = minhash_constants(permutations + scatter, seed);
  const auto value = [&](std::uint64_t shingle, unsigned round) {
    const std::uint64_t mask = constants[round].masks & kMax;
    const std::uint64_t multiplier = (constants[round].multipliers & kMax) | 1;
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>((((shingle & kMax) ^ mask) * multiplier) & kMax, kMax - 1));
  };
  std::vector<Rank> minimum(permutations, Rank{kMax, kMax});
  for (const std::uint64_t shingle : shingles) {
    for (unsigned round = 0; round < scatter; ++round) {
      const std::uint64_t mask = constants[round].masks >> 32;
      const std::uint64_t multiplier = constants[round].multipliers >> 32 | 1;
      const std::uint64_t hash = (((shingle >> 32) ^ mask) * multiplier) & kMax;
      Rank& bin = minimum[(hash >> 10) * permutations >> 22];
      bin = std::min(bin, Rank{round, value(shingle, round)});
    }
    for (unsigned bin = 0; bin < permutations; ++bin) {
      minimum[bin] = std::min(minimum[bin], Rank{scatter, value(shingle, scatter + bin)});
    }
  }
  std::vector<std::uint32_t> signature;
  for (const Rank& rank : minimum) signature.push_back(rank.second);
  return signature;
}

}  // namespace wirecopy::reference
