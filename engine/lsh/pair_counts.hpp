// Candidate pairs with the number of keys that they share.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <vector>

#include "lsh/candidates.hpp"

namespace wirecopy {

/// A pair and how many buckets proposed it.
struct CountedPair {
  CandidatePair pair;
  std::uint32_t hits;
};

/// Gathers the pairs of many buckets. Fresh pairs are counted a few million at a time into a sorted run; runs of like
/// size are merged, so that each pair is moved O(log runs) times and only runs grow with the number of pairs. Not
/// thread-safe: one a thread, merged at the end.
class PairCounter {
 public:
  static constexpr std::size_t kMostFresh = std::size_t{1} << 22;  ///< 64 MiB with the scratch to sort them

  /// `memory` holds the runs; `most_fresh` pairs are counted at a time.
  explicit PairCounter(std::pmr::memory_resource* memory = std::pmr::new_delete_resource(),
                       std::size_t most_fresh = kMostFresh)
      : memory_(memory), most_fresh_(most_fresh) {}

  /// Where append_candidates() appends to; call settle() after each partition.
  [[nodiscard]] CandidatePairs& fresh() { return fresh_; }
  /// Counts the fresh pairs once there are many. Amortised linear.
  void settle();
  /// Counts all fresh pairs, so that merge() has little left to do.
  void finish() { count_fresh(); }
  /// Takes over what another counter has gathered.
  void merge(PairCounter&& other);
  /// All pairs, sorted, each once.
  [[nodiscard]] std::pmr::vector<CountedPair> take();

 private:
  using Run = std::pmr::vector<CountedPair>;  // sorted, each pair once

  void count_fresh();
  void add(Run&& run);
  [[nodiscard]] Run merged(const Run& a, const Run& b) const;

  std::pmr::memory_resource* memory_;
  std::size_t most_fresh_;
  CandidatePairs fresh_, scratch_;
  std::vector<Run> runs_;  // each at least twice as long as the next
};

}  // namespace wirecopy
