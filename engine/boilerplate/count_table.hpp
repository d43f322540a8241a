// Counts the articles or stories in which a shingle occurs.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

namespace wirecopy {

/// An open-addressing table of shingles. Scratch of one thread.
class CountTable {
 public:
  explicit CountTable(std::pmr::memory_resource* memory = std::pmr::new_delete_resource()) : table_(memory) {}

  struct Count {
    std::uint64_t shingle = 0;
    std::uint32_t count = 0;  // 0: free
    std::uint32_t last = 0;   // the article or story counted last
  };

  /// Forgets all, and makes room for so many occurrences of shingles. What is counted is repeated as a rule, so that
  /// the table is at most half full.
  void reset(std::size_t occurrences) { table_.assign(std::bit_ceil(occurrences + occurrences / 4 + 2), Count{}); }
  /// Counts a shingle once for each `holder`; all of one holder must come together. Returns its place, for good.
  /// Without a branch between what is known and what is new.
  std::uint32_t add(std::uint64_t shingle, std::uint32_t holder) {
    const std::uint32_t at = find(shingle);
    Count& entry = table_[at];
    entry.shingle = shingle;
    entry.count += static_cast<std::uint32_t>(entry.count == 0) | static_cast<std::uint32_t>(entry.last != holder);
    entry.last = holder;
    return at;
  }
  /// Where a shingle is, or would be.
  [[nodiscard]] std::uint32_t find(std::uint64_t shingle) const {
    const std::size_t mask = table_.size() - 1;
    // Samples are the smallest hashes: their high bits are all alike, so the low ones place them.
    std::size_t at = shingle & mask;
    while (table_[at].count != 0 && table_[at].shingle != shingle) at = (at + 1) & mask;
    return static_cast<std::uint32_t>(at);
  }
  [[nodiscard]] bool contains(std::uint64_t shingle) const { return table_[find(shingle)].count != 0; }
  /// By place; some are free.
  [[nodiscard]] std::span<const Count> counts() const { return table_; }

 private:
  std::pmr::vector<Count> table_;
};

/// A sample of an article that may occur in other articles too.
struct RepeatedSample {
  std::uint32_t position;  ///< in the article's sample
  std::uint32_t place;     ///< in the table that counts it
};

}  // namespace wirecopy
