#include "sketch/minhash.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

#include "base/hash.hpp"
#include "wirecopy/error.hpp"

namespace wirecopy {
namespace {

// Rounds before the last resort. The paper uses one for each bin. A quarter of that is enough to fill every bin for
// sets of 20 shingles or more; smaller sets reach the last resort sooner, which is cheaper for them.
unsigned scatter_rounds(unsigned bins) { return std::max(1U, bins / 4); }

std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }
std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word); }

std::vector<MinHashRound> draw_rounds(unsigned count, std::uint64_t seed) {
  RandomStream words(mix64(seed ^ 0x6d696e68617368ULL));
  std::vector<MinHashRound> rounds(count);
  for (MinHashRound& round : rounds) {
    const std::uint64_t masks = words();
    const std::uint64_t multipliers = words();
    round = {high(masks), high(multipliers) | 1, low(masks), low(multipliers) | 1};
  }
  return rounds;
}

unsigned checked(unsigned permutations) {
  if (permutations == 0 || permutations > MinHasher::kMaxPermutations) {
    throw Error(ErrorKind::usage,
                "a MinHash signature has 1 to 1024 permutations, not " + std::to_string(permutations));
  }
  return permutations;
}

}  // namespace

MinHasher::MinHasher(unsigned permutations, std::uint64_t seed, Kernel kernel)
    : rounds_(draw_rounds(checked(permutations) + scatter_rounds(permutations), seed)),
      kernel_(minhash_kernel(kernel)) {
  plan_ = {permutations, scatter_rounds(permutations)};
}

void MinHasher::sign(std::span<const std::uint64_t> shingles, std::span<std::uint32_t> signature) const {
  assert(signature.size() == size());
  if (shingles.empty()) {
    std::fill(signature.begin(), signature.end(), kEmpty);
  } else {
    kernel_(plan_, rounds_.data(), shingles, signature.data());
  }
}

double estimate_jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  if (a.size() != b.size() || a.empty()) {
    throw Error(ErrorKind::usage, "MinHash signatures of " + std::to_string(a.size()) + " and " +
                                      std::to_string(b.size()) + " permutations cannot be compared");
  }
  std::size_t equal = 0;
  for (std::size_t at = 0; at < a.size(); ++at) equal += a[at] == b[at];
  return static_cast<double>(equal) / static_cast<double>(a.size());
}

double standard_error(double jaccard, unsigned permutations) {
  return std::sqrt(jaccard * (1 - jaccard) / permutations);
}

}  // namespace wirecopy
