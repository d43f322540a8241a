// SimHash by vertical counters.
//
// Problem: for each of 64 bit positions, count the shingles that have the bit, and compare the count with half of their
// number. Done bit by bit, that is 64 operations per shingle.
//
// Idea: keep the 64 counters *across* words. Plane p is a word that contains bit p of every counter, so one logical
// operation works on all 64 counters at once, and in a vector of several words on several sets of counters. A
// carry-save adder reduces three words of weight w to one of weight w and one of weight 2w. Eight words pass through a
// tree of seven adders, and the output of weight 8 ripples into the higher planes (the Harley-Seal scheme of Warren,
// "Hacker's Delight", 5-1, and Klarqvist, Mula, Lemire 2019, "Efficient computation of positional population counts"):
//
//   for each 8 vectors v0..v7:  ones, twos, fours, e = add(ones, twos, fours, v0..v7);  planes[3...] += e
//   add the lanes' counters plane by plane;  bit i = counter i > n / 2, also plane by plane
//
// The last group is padded with zeros, which do not count. Cost: about 5 operations per vector of 1, 4 or 8 shingles.
#include "sketch/simhash.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace wirecopy {
namespace {

constexpr std::size_t kMaxPlanes = 64;
// Shingles per Word, which is a 64-bit word or a vector of such words.
template <typename Word>
constexpr std::size_t kLanes = sizeof(Word) / 8;
// Shingles per call of count_eight.
template <typename Word>
constexpr std::size_t kGroup = 8 * kLanes<Word>;

// A counter for each bit position: plane p contains bit p of all of them.
struct Counters {
  std::array<std::uint64_t, kMaxPlanes> plane;
  unsigned planes = 0;
};

// Adds three words of one weight: `low` has that weight, `high` twice the weight.
template <typename Word>
WIRECOPY_ALWAYS_INLINE void carry_save(Word& high, Word& low, const Word& a, const Word& b, const Word& c) {
  const Word half = a ^ b;
  high = (a & b) | (half & c);
  low = half ^ c;
}

template <typename Word>
WIRECOPY_ALWAYS_INLINE void count_eight(const std::uint64_t* shingles, Word* planes, unsigned used) {
  Word word[8];
  for (std::size_t at = 0; at < 8; ++at) std::memcpy(&word[at], shingles + at * kLanes<Word>, sizeof(Word));
  Word twos[2];
  Word fours[2];
  Word carry;
  carry_save(twos[0], planes[0], planes[0], word[0], word[1]);
  carry_save(twos[1], planes[0], planes[0], word[2], word[3]);
  carry_save(fours[0], planes[1], planes[1], twos[0], twos[1]);
  carry_save(twos[0], planes[0], planes[0], word[4], word[5]);
  carry_save(twos[1], planes[0], planes[0], word[6], word[7]);
  carry_save(fours[1], planes[1], planes[1], twos[0], twos[1]);
  carry_save(carry, planes[2], planes[2], fours[0], fours[1]);
  for (unsigned at = 3; at < used; ++at) {
    const Word next = planes[at] & carry;
    planes[at] ^= carry;
    carry = next;
  }
}

// Adds one lane's counters to those of the previous lanes.
inline void add(Counters& total, const std::uint64_t* plane, std::size_t stride, unsigned planes) {
  std::uint64_t carry = 0;
  for (unsigned at = 0; at < total.planes; ++at) {
    const std::uint64_t other = at < planes ? plane[at * stride] : 0;
    carry_save(carry, total.plane[at], total.plane[at], other, std::uint64_t{carry});
  }
}

// The positions whose counter exceeds `bound`, determined from the lowest plane up: a higher plane overrides.
inline std::uint64_t above(const Counters& counters, std::uint64_t bound) {
  std::uint64_t greater = 0;
  for (unsigned at = 0; at < counters.planes; ++at) {
    greater = (bound >> at & 1) != 0 ? counters.plane[at] & greater : counters.plane[at] | greater;
  }
  return greater;
}

template <typename Word>
WIRECOPY_ALWAYS_INLINE std::uint64_t majority(std::span<const std::uint64_t> shingles) {
  const std::size_t full = shingles.size() / kGroup<Word> * kGroup<Word>;
  const auto used = static_cast<unsigned>(std::bit_width(shingles.size() / kLanes<Word> + 8));

  Word planes[kMaxPlanes];
  for (unsigned at = 0; at < used; ++at) planes[at] = Word{};
  for (std::size_t at = 0; at < full; at += kGroup<Word>) count_eight(shingles.data() + at, planes, used);
  if (full < shingles.size()) {
    std::uint64_t rest[kGroup<Word>] = {};
    std::memcpy(rest, shingles.data() + full, (shingles.size() - full) * sizeof(std::uint64_t));
    count_eight(rest, planes, used);
  }

  std::uint64_t lanes[kMaxPlanes * kLanes<Word>];
  std::memcpy(lanes, planes, used * sizeof(Word));
  Counters total;
  total.planes = static_cast<unsigned>(std::bit_width(shingles.size()));
  std::fill_n(total.plane.begin(), total.planes, 0);
  for (std::size_t lane = 0; lane < kLanes<Word>; ++lane) add(total, lanes + lane, kLanes<Word>, used);
  return above(total, shingles.size() / 2);
}

#if WIRECOPY_X86
using Words4 = std::uint64_t __attribute__((vector_size(32)));
using Words8 = std::uint64_t __attribute__((vector_size(64)));

WIRECOPY_TARGET_AVX2 std::uint64_t simhash_avx2(std::span<const std::uint64_t> shingles) {
  return majority<Words4>(shingles);
}

WIRECOPY_TARGET_AVX512 std::uint64_t simhash_avx512(std::span<const std::uint64_t> shingles) {
  return majority<Words8>(shingles);
}
#endif

}  // namespace

std::uint64_t simhash(std::span<const std::uint64_t> shingles, [[maybe_unused]] Kernel kernel) {
#if WIRECOPY_X86
  if (kernel >= Kernel::avx512) return simhash_avx512(shingles);
  if (kernel == Kernel::avx2) return simhash_avx2(shingles);
#endif
  return majority<std::uint64_t>(shingles);
}

}  // namespace wirecopy
