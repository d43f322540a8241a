// Which passages of two texts say the same.
//
// Problem. Comparing two texts tells which stretches of each are shared, but not which stretch of one is which of the
// other.
// Idea. A shingle that occurs in both texts votes for how far apart the two places are, and the shift that most vote
// for leads from a stretch to its partner. A shingle with a thousand places in each text would cast a million votes
// that say nothing: those with more than a few places vote only where there are no others, and then the first place in
// one text goes with the first in the other, the second with the second.
// Cost. O(tokens) of memory. A partner takes a binary search for each shingle of the stretch.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "verify/text_comparer.hpp"

namespace wirecopy {

/// Finds the positions in the second text of the shared stretches of the first.
class PassagePairs {
 public:
  /// `of_second`: the stretches of the second text that the first one shares, ascending and disjoint; they must outlive
  /// it.
  PassagePairs(const ComparedText& first, const ComparedText& second, unsigned words,
               std::span<const TokenRange> of_second);

  /// The tokens of the second text that say what a stretch of the first says: most of its shingles occur there, about
  /// as far apart. Empty if none does.
  [[nodiscard]] TokenRange partner(const TokenRange& stretch) const;

 private:
  using Places = std::vector<TokenRange>;  // ascending
  struct Shingle {
    std::uint64_t hash;
    TokenRange range;
  };
  struct Vote {
    std::int64_t shift;
    TokenRange range;  // in the second text
  };

  template <typename Use>
  void for_each_shared(const TokenRange& stretch, Use use) const;
  [[nodiscard]] std::vector<Vote> votes_of_rare(const TokenRange& stretch) const;
  [[nodiscard]] std::vector<Vote> votes_by_order(const TokenRange& stretch) const;
  /// The stretch of the second text that holds the range, or nothing.
  [[nodiscard]] const TokenRange* stretch_of(const TokenRange& range) const;

  std::span<const TokenRange> of_second_;
  std::unordered_map<std::uint64_t, Places> places_;  // of shared shingles in the second text
  std::vector<Shingle> shingles_;                     // of the first text, in ascending order
};

}  // namespace wirecopy
