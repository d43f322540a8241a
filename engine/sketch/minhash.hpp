// MinHash: a fixed number of 32-bit coordinates per article. The share of coordinates in which two articles agree
// estimates the Jaccard similarity of their shingle sets.
//
//   const MinHasher hasher(188, seed);
//   std::vector<std::uint32_t> a(hasher.size()), b(hasher.size());
//   hasher.sign(shingles_a, a);
//   hasher.sign(shingles_b, b);
//   const double jaccard = estimate_jaccard(a, b);  // within two of standard_error(jaccard, 188), 19 times in 20
//
// Each coordinate identifies one shingle of the set, chosen so that two sets agree exactly if the best shingle of their
// union is in both: P(two sets agree in a coordinate) = J = |A and B| / |A or B| (Broder 1997, "On the resemblance and
// containment of documents"). The shingle is chosen by Fast Similarity Sketching (Dahlgaard, Knudsen, Thorup 2017,
// "Fast similarity sketching", FOCS); minhash_kernels.cpp explains why not by one permutation per coordinate.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/kernel.hpp"
#include "sketch/minhash_kernels.hpp"

namespace wirecopy {

/// Signs sets of shingles. Immutable after construction: any number of threads may share one.
class MinHasher {
 public:
  /// Every coordinate of the empty set, and no coordinate of any other set.
  static constexpr std::uint32_t kEmpty = std::numeric_limits<std::uint32_t>::max();
  static constexpr unsigned kMaxPermutations = 1024;

  /// `permutations`: coordinates per signature, 1 to 1024, otherwise Error(usage). Signatures with different seeds or
  /// numbers of permutations must not be compared. The kernel affects only speed.
  MinHasher(unsigned permutations, std::uint64_t seed, Kernel kernel = best_kernel());

  /// Writes the signature of the set of `shingles`: uniformly mixed 64-bit hashes in any order; duplicates have no
  /// effect. `signature` must have exactly size() elements. O(n + k log k) for n shingles and k coordinates; allocates
  /// nothing.
  void sign(std::span<const std::uint64_t> shingles, std::span<std::uint32_t> signature) const;

  /// The number of coordinates.
  [[nodiscard]] unsigned size() const { return plan_.bins; }

 private:
  MinHashPlan plan_;
  std::vector<MinHashRound> rounds_;
  MinHashKernel kernel_;
};

/// The share of equal coordinates: an unbiased estimate of the Jaccard similarity of two sets that are not both empty
/// (two empty sets give 1). Signatures of different lengths, or of length 0, are an Error(usage).
[[nodiscard]] double estimate_jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

/// An upper bound of the standard error of that estimate, sqrt(J(1-J)/k): it is reached by large sets, and as low as
/// 0.7 of it for sets with fewer shingles than coordinates. `permutations` >= 1.
[[nodiscard]] double standard_error(double jaccard, unsigned permutations);

}  // namespace wirecopy
