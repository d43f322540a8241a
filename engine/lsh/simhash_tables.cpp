#include "lsh/simhash_tables.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "base/hash.hpp"
#include "wirecopy/error.hpp"

namespace wirecopy {
namespace {

constexpr unsigned kBits = 64;

// Block b of m: the bits in [b * 64 / m, (b + 1) * 64 / m), so that sizes differ by at most one.
std::uint64_t block_mask(unsigned block, unsigned blocks) {
  const unsigned begin = block * kBits / blocks;
  const unsigned size = (block + 1) * kBits / blocks - begin;
  return ~std::uint64_t{0} >> (kBits - size) << begin;
}

// C(blocks, distance), or kMaxTables + 1 if it is larger than kMaxTables.
unsigned tables_of(unsigned blocks, unsigned distance) {
  unsigned count = 1;
  for (unsigned at = 1; at <= distance; ++at) {
    count = count * (blocks - distance + at) / at;
    if (count > SimHashTables::kMaxTables) return SimHashTables::kMaxTables + 1;
  }
  return count;
}

// The shortest key lacks the bits of the `distance` longest blocks.
unsigned shortest_key(unsigned blocks, unsigned distance) {
  const unsigned longer = kBits % blocks;
  return kBits - distance * (kBits / blocks) - std::min(longer, distance);
}

bool floods(unsigned blocks, unsigned distance, std::uint64_t articles) {
  return std::ldexp(static_cast<double>(articles), -static_cast<int>(shortest_key(blocks, distance))) > 1;
}

// The minimum number of blocks, and so of tables, that does not flood; 0 if there is none.
unsigned choose_blocks(unsigned distance, std::uint64_t articles) {
  for (unsigned blocks = distance + 1; blocks <= kBits; ++blocks) {
    if (tables_of(blocks, distance) > SimHashTables::kMaxTables) return 0;
    if (!floods(blocks, distance, articles)) return blocks;
  }
  return 0;
}

// A mask for each choice of `distance` blocks to omit.
std::vector<std::uint64_t> choose_masks(unsigned blocks, unsigned distance) {
  std::vector<std::uint64_t> masks;
  std::vector<bool> is_omitted(blocks, false);
  std::fill_n(is_omitted.begin(), distance, true);
  do {
    std::uint64_t mask = 0;
    for (unsigned block = 0; block < blocks; ++block) mask |= is_omitted[block] ? 0 : block_mask(block, blocks);
    masks.push_back(mask);
  } while (std::prev_permutation(is_omitted.begin(), is_omitted.end()));
  return masks;
}

}  // namespace

unsigned SimHashTables::max_distance(unsigned distance, std::uint64_t articles) {
  distance = std::min(distance, kBits - 1);
  while (distance > 0 && choose_blocks(distance, articles) == 0) --distance;
  return distance;
}

SimHashTables::SimHashTables(unsigned distance, std::uint64_t articles)
    : distance_(max_distance(distance, articles)),
      blocks_(std::max(1U, choose_blocks(distance_, articles))),
      masks_(choose_masks(blocks_, distance_)) {}

unsigned SimHashTables::key_bits() const { return shortest_key(blocks_, distance_); }

std::uint64_t SimHashTables::key(std::uint64_t simhash, unsigned table) const {
  assert(table < size());
  return mix64((simhash & masks_[table]) ^ mix64(table + 0x9e3779b97f4a7c15ULL));
}

}  // namespace wirecopy
