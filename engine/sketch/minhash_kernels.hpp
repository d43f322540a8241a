// The inner loop of MinHasher::sign, with one version for each level of SIMD. Every version gives the same bytes.
#pragma once

#include <cstdint>
#include <span>

#include "base/kernel.hpp"

namespace wirecopy {

/// The hash functions of one round: x -> bin from the high half of a shingle, x -> value from the low half. The
/// multipliers are odd, so each is a bijection of 32-bit words.
struct MinHashRound {
  std::uint32_t bin_mask;
  std::uint32_t bin_multiplier;
  std::uint32_t value_mask;
  std::uint32_t value_multiplier;
};

/// Rounds [0, scatter_rounds) distribute the shingles over bins; round scatter_rounds + b is the last resort of bin b.
struct MinHashPlan {
  unsigned bins = 0;            ///< 1 to 1024
  unsigned scatter_rounds = 0;  ///< 1 to 1024
};

/// Signs a set of at least one shingle with scatter_rounds + bins `rounds`; `signature` has `bins` elements.
using MinHashKernel = void (*)(MinHashPlan plan, const MinHashRound* rounds, std::span<const std::uint64_t> shingles,
                               std::uint32_t* signature);

[[nodiscard]] MinHashKernel minhash_kernel(Kernel kernel);

}  // namespace wirecopy
