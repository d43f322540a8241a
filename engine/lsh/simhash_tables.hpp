// Block-permuted tables: which pairs of SimHashes become candidates (Manku, Jain, Das Sarma 2007, section 3).
//
// The 64 bits are cut into m blocks. Two SimHashes that differ in at most d bits differ in at most d blocks, so they
// are equal in some m - d of them. One table for each choice of m - d blocks, C(m, d) in all, with these blocks as
// exact key, therefore holds every such pair in one bucket at least: recall is 1, for any pair within the distance.
//
// The more blocks, the longer the keys and the fewer chance companions in a bucket, but the more tables. Long distances
// leave short keys: with 22 bits, a million articles share each key with a quarter of an article each; with 10 bits
// with a thousand. Such a distance is refused.
#pragma once

#include <cstdint>
#include <vector>

namespace wirecopy {

/// Tables for SimHashes within a distance. Immutable; any number of threads may share one.
class SimHashTables {
 public:
  static constexpr unsigned kMaxTables = 64;

  /// The fewest tables (at most kMaxTables) of which none is expected to hold more than one other article a bucket, for
  /// `articles` SimHashes of random bits. Error(usage) if there are none, naming the greatest distance for which there
  /// are.
  SimHashTables(unsigned distance, std::uint64_t articles);

  [[nodiscard]] unsigned distance() const { return distance_; }
  /// Number of tables.
  [[nodiscard]] unsigned size() const { return static_cast<unsigned>(masks_.size()); }
  [[nodiscard]] unsigned blocks() const { return blocks_; }
  /// Bits of the shortest key: a bucket is expected to hold articles / 2^key_bits others.
  [[nodiscard]] unsigned key_bits() const;

  /// A 64-bit word, equal for two SimHashes if and only if the blocks of `table` (below size()) are.
  [[nodiscard]] std::uint64_t key(std::uint64_t simhash, unsigned table) const;

 private:
  unsigned distance_;
  unsigned blocks_;
  std::vector<std::uint64_t> masks_;  // of each table, the bits of its key
};

}  // namespace wirecopy
