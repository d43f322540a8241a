// Scaled MinHash: the shingles whose hash is small, of every text at the same rate (Broder 1997; "FracMinHash", Irber
// et al. 2022).
//
// A MinHash signature has the same size for every text, so a short cut of a long story hardly shows in it: at a tenth
// of the length the Jaccard similarity is at most 0.1. A sample by hash value keeps a fixed share 1/s of every text's
// shingles, and a shingle that two texts share is in both samples or in neither: whatever their lengths, the samples
// share 1/s of what the texts share. So one index of samples finds excerpts as well as copies, estimates containment,
// and shows what a source repeats. (Sampling by position has none of this: three words put in front change it all.)
//
// P(no sampled shingle in common) = (1 - 1/s)^shared.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy {

/// Takes about one shingle in `rate`. Immutable.
class ExcerptSample {
 public:
  /// `rate`: 1 (all shingles) or more.
  explicit ExcerptSample(double rate);

  /// Appends the sampled hashes in order of position, repetitions included. O(shingles).
  void take(std::span<const std::uint64_t> shingles, std::vector<std::uint64_t>& sample) const;
  [[nodiscard]] bool takes(std::uint64_t shingle) const { return shingle <= limit_; }
  /// The greatest hash that is taken.
  [[nodiscard]] std::uint64_t limit() const { return limit_; }

 private:
  std::uint64_t limit_;
};

/// The largest rate, at most 16, at which two texts that share `shared` shingles have one of them in their samples with
/// probability `recall` or more. `shared` >= 1, recall in (0, 1).
[[nodiscard]] double choose_sample_rate(double shared, double recall);

}  // namespace wirecopy
