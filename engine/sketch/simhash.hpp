// SimHash: 64 bits per article; the more similar two articles are, the fewer bits differ.
//
// Bit i is the majority of bit i over all shingles (Charikar 2002, "Similarity estimation techniques from rounding
// algorithms"; Manku, Jain, Das Sarma 2007, "Detecting near-duplicates for web crawling"): two articles whose shingle
// counts, as vectors, form an angle t differ in each bit with probability t / pi.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "base/kernel.hpp"

namespace wirecopy {

/// The SimHash of uniformly mixed 64-bit shingle hashes. A shingle counts once for each occurrence; a bit that exactly
/// half of the shingles have is 0; no shingles give 0. Independent of the order of shingles. Pure, thread-safe, O(n),
/// allocates nothing. The kernel affects only speed.
[[nodiscard]] std::uint64_t simhash(std::span<const std::uint64_t> shingles, Kernel kernel = best_kernel());

/// The number of bits in which two SimHashes differ, 0 to 64.
[[nodiscard]] constexpr unsigned hamming(std::uint64_t a, std::uint64_t b) {
  return static_cast<unsigned>(std::popcount(a ^ b));
}

}  // namespace wirecopy
