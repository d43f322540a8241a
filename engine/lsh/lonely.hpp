// Dropping records whose key no other record has, before they are sorted.
//
// Two in three sampled shingles stand in one article only. Two bitmaps, one bit for "met once" and one for "met again"
// at a place that the key's hash names, find nearly all of them in two passes that stay in the cache, for a fraction of
// the cost of sorting them. A record that shares its place by chance is kept: that costs time, never a pair.
#pragma once

#include <cstdint>
#include <vector>

#include "lsh/candidates.hpp"

namespace wirecopy {

/// Scratch of one thread.
class LonelyFilter {
 public:
  /// Removes records whose key occurs once (about seven in eight of them), keeping the order of the others. Never
  /// removes a key that occurs twice. Linear.
  void drop_lonely(std::vector<BandRecord>& records);

 private:
  std::vector<std::uint64_t> once_, again_;
};

}  // namespace wirecopy
