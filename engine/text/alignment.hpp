// Aligns the tokens of two texts in order, for a side-by-side view.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/token.hpp"

namespace wirecopy {

/// `length` tokens starting at `first` in one text equal those starting at `second` in the other.
struct AlignedRun {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::uint32_t length = 0;
  friend bool operator==(const AlignedRun&, const AlignedRun&) = default;
};

/// Runs that ascend in both texts. No two runs touch in both texts at once. Short texts give a longest common
/// subsequence; long texts give one between the runs of tokens that occur once in each. Text that was moved is found at
/// most once. O(n log n) time, plus the product of the lengths for each stretch of up to kMaxCells pairs of tokens.
[[nodiscard]] std::vector<AlignedRun> align(std::span<const Token> first, std::span<const Token> second);

/// Stretches with up to this many pairs of tokens are compared pair by pair.
inline constexpr std::size_t kMaxCells = std::size_t{1} << 18;

}  // namespace wirecopy
