// Which hashes of many occur once, before they are sorted or counted.
//
// Two in three sampled shingles stand in one article only. Two bits at a place that the hash names, one for "met once"
// and one for "met again", find nearly all of them in two passes that stay in the cache, for a fraction of the cost of
// sorting or tabling them. A hash that shares its place by chance is taken for a repeated one: that costs time, never a
// repetition.
//
//   filter.start(hashes.size());
//   for (const auto hash : hashes) filter.meet(hash);
//   for (const auto hash : hashes) if (filter.met_again(hash)) ...
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

namespace wirecopy {

/// Scratch of one thread. Two bits a place, 8 to 16 places a hash unless said otherwise: about seven in eight of those
/// that occur once are told.
class RepeatFilter {
 public:
  explicit RepeatFilter(std::pmr::memory_resource* memory = std::pmr::new_delete_resource()) : words_(memory) {}

  /// Forgets all, and makes room for so many hashes, of so many places each or up to twice as many.
  void start(std::size_t hashes, std::size_t places_a_hash = 8) {
    words_.assign(std::bit_ceil(places_a_hash * hashes + 64) / 64, {});
    mask_ = words_.size() - 1;
  }
  /// `hash`: its low bits are uniform.
  void meet(std::uint64_t hash) {
    Words& words = words_[hash >> 6 & mask_];
    const std::uint64_t bit = std::uint64_t{1} << (hash & 63);
    words.again |= words.once & bit;
    words.once |= bit;
  }
  /// True for every hash that was met twice or more.
  [[nodiscard]] bool met_again(std::uint64_t hash) const {
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
