// Scaled MinHash: samples the shingles with small hashes, at the same rate for every text (Broder 1997; "FracMinHash",
// Irber et al. 2022).
//
// A MinHash signature has the same size for every text, so a short excerpt of a long story is hardly visible in it: at
// a tenth of the length the Jaccard similarity is at most 0.1. A sample by hash value keeps a fixed share 1/s of every
// text's shingles, and a shingle that two texts share is in both samples or in neither: whatever their lengths, the
// samples share 1/s of what the texts share. So one index of samples finds excerpts as well as copies, estimates
// containment, and shows what a source repeats. (Sampling by position has none of these properties: three words
// inserted at the front change the whole sample.)
//
// P(no sampled shingle in common) = (1 - 1/s)^shared.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy {

/// Samples about one shingle in `rate`. Immutable.
class ExcerptSample {
 public:
  /// `rate`: 1 (all shingles) or more.
  explicit ExcerptSample(double rate);

  /// Appends the sampled hashes in order of position, repetitions included. O(shingles).
  template <typename Allocator>
  void take(std::span<const std::uint64_t> shingles, std::vector<std::uint64_t, Allocator>& sample) const {
    constexpr std::size_t kPiece = 2048;  // room for all shingles of a giant text would be five times what is needed
    for (std::size_t begin = 0; begin < shingles.size(); begin += kPiece) {
      take_piece(shingles.subspan(begin, std::min(kPiece, shingles.size() - begin)), sample);
    }
  }
  [[nodiscard]] bool takes(std::uint64_t shingle) const { return shingle <= limit_; }
  /// The largest hash that is sampled.
  [[nodiscard]] std::uint64_t limit() const { return limit_; }

 private:
  template <typename Allocator>
  void take_piece(std::span<const std::uint64_t> shingles, std::vector<std::uint64_t, Allocator>& sample) const {
    const std::size_t before = sample.size();
    sample.resize(before + shingles.size());
    std::uint64_t* end = sample.data() + before;
    // Branch-free: a branch would be mispredicted for every fourth shingle.
    for (const std::uint64_t shingle : shingles) {
      *end = shingle;
      end += takes(shingle);
    }
    sample.resize(static_cast<std::size_t>(end - sample.data()));
  }

  std::uint64_t limit_;
};

/// The largest rate, at most 16, at which two texts that share `shared` shingles have at least one shared sampled
/// shingle with probability `recall` or more. `shared` >= 1, recall in (0, 1).
[[nodiscard]] double choose_sample_rate(double shared, double recall);

}  // namespace wirecopy
