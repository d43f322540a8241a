// Which of many postings may be in a segment, in parts that need not be in memory.
//
// A blocked Bloom filter of ten bits a posting (Putze, Sanders, Singler 2007): a question reads one block of 512 bits.
// Blocks are in order of hash, as the postings are. So a filter is made from front to back while the postings are
// written, whatever its size; and the sorted hashes of a batch read each part once, front to back as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/large_memory.hpp"

namespace wirecopy {

/// About one question in a hundred is answered with yes by mistake. Hashes have kPostingHashBits bits.
class PostingFilter {
 public:
  enum class Answer : std::uint8_t { no, maybe, unknown };  ///< unknown: the part is not in memory
  using Part = LargeArray<std::uint64_t>;

  PostingFilter() = default;
  /// Without any part.
  explicit PostingFilter(std::uint64_t postings);

  [[nodiscard]] Answer ask(std::uint64_t hash) const {
    const std::uint64_t block = block_of(hash);
    const Part& part = parts_[block / kBlocksOfAPart];
    if (part.empty()) return Answer::unknown;
    return holds(part, block, hash) ? Answer::maybe : Answer::no;
  }
  /// The same of a part that is at hand; it must be the hash's.
  [[nodiscard]] bool may_contain(std::span<const std::uint64_t> part, std::uint64_t hash) const {
    return holds(part, block_of(hash), hash);
  }
  /// Adds to a part; it must be the hash's.
  void add(std::span<std::uint64_t> part, std::uint64_t hash) const;
  void prefetch(std::uint64_t hash) const {
    const std::uint64_t block = block_of(hash);
    const Part& part = parts_[block / kBlocksOfAPart];
    if (!part.empty()) __builtin_prefetch(&part[block % kBlocksOfAPart * kWordsOfABlock]);
  }

  [[nodiscard]] std::size_t parts() const { return parts_.size(); }
  [[nodiscard]] std::size_t part_of(std::uint64_t hash) const { return block_of(hash) / kBlocksOfAPart; }
  [[nodiscard]] std::size_t words_of(std::size_t part) const;
  [[nodiscard]] std::size_t bytes_of(std::size_t part) const { return words_of(part) * sizeof(std::uint64_t); }
  [[nodiscard]] bool is_in_memory(std::size_t part) const { return !parts_[part].empty(); }
  void keep(std::size_t part, Part words) { parts_[part] = std::move(words); }
  void drop(std::size_t part) { parts_[part] = {}; }
  [[nodiscard]] std::size_t memory_bytes() const;

  /// Of a whole part, which is a huge page in memory; the last one may have less.
  static constexpr std::size_t kPartBytes = std::size_t{2} << 20;

 private:
  static constexpr std::size_t kWordsOfABlock = 8;
  static constexpr std::size_t kBlocksOfAPart = kPartBytes / (8 * kWordsOfABlock);

  // The upper 32 of the 40 bits of a hash, as a share of all blocks.
  [[nodiscard]] std::uint64_t block_of(std::uint64_t hash) const { return (hash >> 8) * blocks_ >> 32; }
  [[nodiscard]] static bool holds(std::span<const std::uint64_t> part, std::uint64_t block, std::uint64_t hash);

  std::uint64_t blocks_ = 0;
  std::vector<Part> parts_;  // empty: not in memory
};

}  // namespace wirecopy
