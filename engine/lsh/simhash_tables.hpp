// Block-permuted tables: select pairs of SimHashes as candidates (Manku, Jain, Das Sarma 2007, section 3).
//
// The 64 bits are divided into m blocks. Two SimHashes that differ in at most d bits differ in at most d blocks, so
// they are equal in some m - d of them. With one table for each choice of m - d blocks, C(m, d) in all, and these
// blocks as exact key, every such pair is in the same bucket of at least one table: recall is 1 for any pair within the
// distance.
//
// More blocks mean longer keys and fewer chance companions in a bucket, but more tables. Large distances leave short
// keys: of a million articles, one with a key of 22 bits shares its bucket with a quarter of an article on average, one
// with a key of 10 bits with a thousand. So the distance follows the number of articles: 6 for tens of thousands, 5 for
// a million, 4 for ten.
#pragma once

#include <cstdint>
#include <vector>

namespace wirecopy {

/// Tables for SimHashes within a distance. Immutable; any number of threads may share one.
class SimHashTables {
 public:
  static constexpr unsigned kMaxTables = 64;

  /// The largest distance up to `distance` that tables can cover: kMaxTables at most, in which no bucket is expected to
  /// contain more than one other article, for `articles` SimHashes of random bits. 0, equal SimHashes, is always
  /// possible.
  [[nodiscard]] static unsigned max_distance(unsigned distance, std::uint64_t articles);

  /// The minimum number of such tables for max_distance(distance, articles).
  SimHashTables(unsigned distance, std::uint64_t articles);

  [[nodiscard]] unsigned distance() const { return distance_; }
  /// Number of tables.
  [[nodiscard]] unsigned size() const { return static_cast<unsigned>(masks_.size()); }
  [[nodiscard]] unsigned blocks() const { return blocks_; }
  /// Bits of the shortest key: a bucket is expected to contain articles / 2^key_bits others.
  [[nodiscard]] unsigned key_bits() const;

  /// A 64-bit word, equal for two SimHashes if and only if the blocks of `table` (below size()) are.
  [[nodiscard]] std::uint64_t key(std::uint64_t simhash, unsigned table) const;

 private:
  unsigned distance_;
  unsigned blocks_;
  std::vector<std::uint64_t> masks_;  // by table: the bits of its key
};

}  // namespace wirecopy
