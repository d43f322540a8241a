// Which tokens of one text stand, in the same order, in another: what a side-by-side view needs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/token.hpp"

namespace wirecopy {

/// `length` tokens from `first` on in the one text equal those from `second` on in the other.
struct AlignedRun {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::uint32_t length = 0;
  friend bool operator==(const AlignedRun&, const AlignedRun&) = default;
};

/// Runs rising in both texts and apart from each other in at least one. A longest common subsequence where the texts
/// are short; of long ones, that between the runs of tokens that occur once in each. What is moved within the text is
/// found once at most. O(n log n) time beyond stretches of kMostCells pairs of tokens, of which each costs their
/// product.
[[nodiscard]] std::vector<AlignedRun> align(std::span<const Token> first, std::span<const Token> second);

/// Stretches with up to so many pairs of tokens are compared pair by pair.
inline constexpr std::size_t kMostCells = std::size_t{1} << 18;

}  // namespace wirecopy
