// Fast Similarity Sketching (Dahlgaard, Knudsen, Thorup 2017), as this engine computes it.
//
// Problem: a signature needs k coordinates, each the minimum under a random permutation. Computing k permutations of n
// shingles costs O(n k), which is most of the work per article after hashing its tokens.
//
// Idea: one hash maps each shingle to one of k bins, with a value; each bin keeps its minimum. Bins that are still
// empty are filled by another round with another hash, and so on:
//
//   for round r = 0, 1, ... while a bin is open:
//     for each shingle x: if bin_r(x) was not filled before round r: slot[bin_r(x)] = min(slot[...], value_r(x))
//   for each bin b still open (sets of a few shingles only): slot[b] = min over all x of value_{last resort of b}(x)
//
// Why it is correct: a shingle's rank in a bin is (the first round that maps it there, its value in that round), and
// the bin keeps the shingle of minimum rank. That is a minimum over the set, so two sets agree in the bin exactly if
// the minimum of their union is in both: probability J, without bias. A round maps a shingle to one bin only, so bins
// choose almost without replacement, and the variance is *below* the J(1-J)/k of k independent permutations. (Two
// different shingles chosen by the two sets look equal if their 32-bit values are, with probability 2^-32.)
//
// Cost: O(n + k log k): one round if n >> k, about k ln k steps if n < k. Rounds are computed in blocks: first the bins
// of a block of shingles, branch-free and thus in SIMD, then the few that hit an open bin are collected, also
// branch-free, and only those are processed one by one.
//
// Rejected: one multiply-shift permutation per coordinate, with minima in SIMD registers. Measured on one EPYC core
// (Zen 4, g++ 12), microseconds per article of n shingles, and the variance over J(1-J)/k at J = 0.5:
//
//                            n = 20, k = 128   100, 64   100, 128   400, 128   400, 256   600, 128   2000, 128
//   k permutations, avx512        0.06          0.14       0.28       1.11       2.2        1.7        5.8
//   k permutations, scalar        1.4           2.9        5.8        23         46         35         115
//   this, avx512                  0.95          0.30       0.66       0.66       1.4        0.71       1.4
//   this, scalar                  1.2           0.39       0.80       0.96       1.9        1.1        2.3
//   variance, k permutations      0.99          1.02       0.99       0.99       0.98       1.04       0.99
//   variance, this                0.50          0.59       0.51       0.70       0.58       0.78       0.94
//
// k permutations are faster for short articles on processors with AVX, slower for long ones, and slower by a factor of
// twenty elsewhere. With this algorithm the worst article takes a microsecond. A SIMD register of 16 permutations in
// each bin would need only one round, but all 16 choose the same shingle when a bin gets only one: up to 16 times the
// variance for a text of one sentence.
//
// Bands of such signatures: the lower variance makes the S-curve slightly steeper than 1-(1-J^r)^b. Measured with 20 to
// 1000 shingles and nine bandings, it is above that by .001 to .015 where it is above .7 (.958 instead of .952 for 47 x
// 4 at J = .5), and below it by up to .010 where it is below .5. The recall that choose_banding guarantees is met.
#include "sketch/minhash_kernels.hpp"

#include <algorithm>
#include <limits>

namespace wirecopy {
namespace {

constexpr unsigned kMaxBins = 1024;
constexpr std::size_t kBlock = 64;  // shingles whose bins are computed together
constexpr std::uint32_t kOpen = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint16_t kNever = std::numeric_limits<std::uint16_t>::max();

// Multiply-shift, then 22 bits scaled to [0, bins): no product exceeds 32 bits as bins <= 2^10.
WIRECOPY_ALWAYS_INLINE std::uint32_t bin_of(std::uint64_t shingle, const MinHashRound& round, std::uint32_t bins) {
  const std::uint32_t hash = (static_cast<std::uint32_t>(shingle >> 32) ^ round.bin_mask) * round.bin_multiplier;
  return (hash >> 10) * bins >> 22;
}

// The largest value is replaced by the next lower one, so that kOpen is not a value.
WIRECOPY_ALWAYS_INLINE std::uint32_t value_of(std::uint64_t shingle, const MinHashRound& round) {
  const std::uint32_t hash = (static_cast<std::uint32_t>(shingle) ^ round.value_mask) * round.value_multiplier;
  return hash - (hash == kOpen);
}

// Both operands by value: std::min takes references, and compilers may then select an address with a branch.
WIRECOPY_ALWAYS_INLINE void lower(std::uint32_t& slot, std::uint32_t value) {
  const std::uint32_t now = slot;
  slot = value < now ? value : now;
}

// The state of one signature under construction.
struct Slots {
  std::uint32_t* value;            // the signature
  std::uint16_t filled[kMaxBins];  // round that first reached the bin, or kNever
  unsigned open;                   // bins never reached
};

// Round 0: every bin is open, so nothing has to be tested.
WIRECOPY_ALWAYS_INLINE void first_round(std::uint32_t bins, const MinHashRound& round,
                                        std::span<const std::uint64_t> shingles, Slots& slots) {
  std::uint32_t bin[kBlock];
  std::uint32_t value[kBlock];
  std::fill(slots.value, slots.value + bins, kOpen);
  for (std::size_t begin = 0; begin < shingles.size(); begin += kBlock) {
    const std::uint64_t* block = shingles.data() + begin;
    const std::size_t size = std::min(kBlock, shingles.size() - begin);
    for (std::size_t at = 0; at < size; ++at) {
      bin[at] = bin_of(block[at], round, bins);
      value[at] = value_of(block[at], round);
    }
    for (std::size_t at = 0; at < size; ++at) lower(slots.value[bin[at]], value[at]);
  }
  slots.open = 0;
  for (unsigned at = 0; at < bins; ++at) {
    const bool open = slots.value[at] == kOpen;
    slots.filled[at] = open ? kNever : 0;
    slots.open += open;
  }
}

WIRECOPY_ALWAYS_INLINE void later_round(std::uint32_t bins, const MinHashRound& round, std::uint16_t number,
                                        std::span<const std::uint64_t> shingles, Slots& slots) {
  std::uint32_t bin[kBlock];
  std::uint8_t hits[kBlock];
  for (std::size_t begin = 0; begin < shingles.size(); begin += kBlock) {
    const std::uint64_t* block = shingles.data() + begin;
    const std::size_t size = std::min(kBlock, shingles.size() - begin);
    for (std::size_t at = 0; at < size; ++at) bin[at] = bin_of(block[at], round, bins);
    std::size_t count = 0;
    for (std::size_t at = 0; at < size; ++at) {
      hits[count] = static_cast<std::uint8_t>(at);
      count += slots.filled[bin[at]] >= number;
    }
    for (std::size_t hit = 0; hit < count; ++hit) {
      const std::uint32_t slot = bin[hits[hit]];
      slots.open -= slots.filled[slot] > number;
      slots.filled[slot] = number;
      lower(slots.value[slot], value_of(block[hits[hit]], round));
    }
  }
}

WIRECOPY_ALWAYS_INLINE void last_resort(const MinHashPlan& plan, const MinHashRound* rounds,
                                        std::span<const std::uint64_t> shingles, Slots& slots) {
  for (unsigned slot = 0; slot < plan.bins; ++slot) {
    if (slots.filled[slot] != kNever) continue;
    const MinHashRound& round = rounds[plan.scatter_rounds + slot];
    std::uint32_t minimum = kOpen;
    for (const std::uint64_t shingle : shingles) lower(minimum, value_of(shingle, round));
    slots.value[slot] = minimum;
  }
}

WIRECOPY_ALWAYS_INLINE void sign(const MinHashPlan& plan, const MinHashRound* rounds,
                                 std::span<const std::uint64_t> shingles, std::uint32_t* signature) {
  Slots slots;
  slots.value = signature;
  first_round(plan.bins, rounds[0], shingles, slots);
  for (unsigned number = 1; number < plan.scatter_rounds && slots.open > 0; ++number) {
    later_round(plan.bins, rounds[number], static_cast<std::uint16_t>(number), shingles, slots);
  }
  if (slots.open > 0) last_resort(plan, rounds, shingles, slots);
}

void sign_scalar(MinHashPlan plan, const MinHashRound* rounds, std::span<const std::uint64_t> shingles,
                 std::uint32_t* signature) {
  sign(plan, rounds, shingles, signature);
}

#if WIRECOPY_X86
WIRECOPY_TARGET_AVX2 void sign_avx2(MinHashPlan plan, const MinHashRound* rounds,
                                    std::span<const std::uint64_t> shingles, std::uint32_t* signature) {
  sign(plan, rounds, shingles, signature);
}

WIRECOPY_TARGET_AVX512 void sign_avx512(MinHashPlan plan, const MinHashRound* rounds,
                                        std::span<const std::uint64_t> shingles, std::uint32_t* signature) {
  sign(plan, rounds, shingles, signature);
}
#endif

}  // namespace

MinHashKernel minhash_kernel([[maybe_unused]] Kernel kernel) {
#if WIRECOPY_X86
  if (kernel >= Kernel::avx512) return sign_avx512;
  if (kernel == Kernel::avx2) return sign_avx2;
#endif
  return sign_scalar;
}

}  // namespace wirecopy
