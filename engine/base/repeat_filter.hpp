// Finds hashes that occur only once, before they are sorted or counted.
//
// Two in three sampled shingles occur in only one article. A slot of two bits, addressed by the hash, records "seen
// once" and "seen again". That identifies nearly all of them in two passes that stay in the cache, for a fraction of
// the cost of sorting or counting. A hash that shares its slot with another by chance is taken for a repeated one,
// which costs time but never misses a repetition.
//
//   filter.start(hashes.size());
//   for (const auto hash : hashes) filter.meet(hash);
//   for (const auto hash : hashes) if (filter.occurs_again(hash)) ...
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

namespace wirecopy {

/// Scratch space of one thread. Two bits a slot, by default 8 to 16 slots a hash, which identifies about seven in eight
/// of the hashes that occur once.
class RepeatFilter {
 public:
  explicit RepeatFilter(std::pmr::memory_resource* memory = std::pmr::new_delete_resource()) : words_(memory) {}

  /// Clears the filter and sizes it for that many hashes, with `slots_per_hash` to twice as many slots each.
  void start(std::size_t hashes, std::size_t slots_per_hash = 8) {
    words_.assign(std::bit_ceil(slots_per_hash * hashes + 64) / 64, {});
    mask_ = words_.size() - 1;
  }
  /// The low bits of `hash` must be uniformly distributed.
  void meet(std::uint64_t hash) {
    Words& words = words_[hash >> 6 & mask_];
    const std::uint64_t bit = std::uint64_t{1} << (hash & 63);
    words.again |= words.once & bit;
    words.once |= bit;
  }
  /// True for every hash that was met at least twice, and for a few others.
  [[nodiscard]] bool occurs_again(std::uint64_t hash) const {
    return (words_[hash >> 6 & mask_].again >> (hash & 63) & 1) != 0;
  }

 private:
  struct Words {
    std::uint64_t once = 0;
    std::uint64_t again = 0;
  };
  std::pmr::vector<Words> words_;
  std::size_t mask_ = 0;
};

}  // namespace wirecopy
