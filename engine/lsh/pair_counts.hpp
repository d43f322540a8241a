// Candidate pairs with the number of keys that they share.
#pragma once

#include <cstdint>
#include <vector>

#include "lsh/candidates.hpp"

namespace wirecopy {

/// A pair and how many buckets proposed it.
struct CountedPair {
  CandidatePair pair;
  std::uint32_t hits;
};

/// Gathers the pairs of many buckets, in bounded memory for what repeats. Not thread-safe: one a thread, merged at the
/// end.
class PairCounter {
 public:
  /// Where append_candidates() appends to; call settle() after each partition.
  [[nodiscard]] std::vector<CandidatePair>& fresh() { return fresh_; }
  /// Counts the fresh pairs once there are many. Amortised linear.
  void settle();
  /// Takes over what another counter has gathered.
  void merge(PairCounter&& other);
  /// All pairs, sorted, each once.
  [[nodiscard]] std::vector<CountedPair> take();

 private:
  void count_fresh();
  void add(const std::vector<CountedPair>& sorted);

  std::vector<CandidatePair> fresh_, scratch_;
  std::vector<CountedPair> counted_;  // sorted
};

}  // namespace wirecopy
