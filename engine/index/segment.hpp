// Postings on disk.
//
// Problem. An article has some seventy postings. As keys of RocksDB each costs microseconds, again at every compaction,
// and a question for each of them costs more.
//
// Idea. The postings of some thousand articles are gathered in memory (posting_table.hpp), sorted, and written as a
// segment: blocks of 512 sorted postings, four kilobytes each, that RocksDB keeps as they are. In memory stays a
// blocked Bloom filter of ten bits a posting (Putze, Sanders, Singler 2007), and of each block its first hash. So a
// question costs a cache miss a segment, and a block where the filter says yes: rightly, or once in a hundred times by
// chance. Eight segments of one size are merged into one, as in a log-structured merge tree (O'Neil et al. 1996), so
// that there are few of them; each posting is written once a level.
//
// Durability. Blocks are on the disk before the segment's record says that they are there. What is in no segment is
// read off the articles again when the index is opened.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "index/posting_table.hpp"
#include "index/store.hpp"

namespace wirecopy {

/// Which of many postings may be there. About one question in a hundred is answered with yes by mistake.
class PostingFilter {
 public:
  PostingFilter() = default;
  explicit PostingFilter(std::uint64_t postings);

  void add(std::uint64_t hash);
  [[nodiscard]] bool may_contain(std::uint64_t hash) const;
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&words_[block(mix64(hash))]); }
  [[nodiscard]] std::vector<std::uint64_t>& words() { return words_; }
  [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }

 private:
  static constexpr std::size_t kWordsOfABlock = 8;

  [[nodiscard]] std::size_t block(std::uint64_t mixed) const {
    return static_cast<std::size_t>((mixed >> 32) * (words_.size() / kWordsOfABlock) >> 32) * kWordsOfABlock;
  }

  std::vector<std::uint64_t> words_;
};

/// Immutable after it was written or loaded; any number of threads may ask.
class PostingSegment {
 public:
  /// Which articles it holds, and how large it is.
  struct Header {
    std::uint64_t key = 0;    ///< generation and number
    ArticleKey first = 0;     ///< offsets count from here
    ArticleKey last = 0;      ///< the last article in it
    std::uint32_t level = 0;  ///< how often it was merged
    std::uint64_t postings = 0;
  };

  /// Writes the blocks of a table's postings. The header is the caller's to write.
  static PostingSegment write(IndexStore& store, std::uint64_t key, const PostingTable& table, ArticleKey last);
  /// Merges segments of one generation, in order of arrival, into one of the next level.
  static PostingSegment merge(IndexStore& store, std::uint64_t key, std::span<const PostingSegment* const> parts);
  /// Throws Error(state) where its parts are missing.
  static PostingSegment load(const IndexStore& store, std::string_view header);

  /// Calls `use(i, article)` for every article that holds hash i.
  template <typename Use>
  void find(const IndexStore& store, std::span<const std::uint64_t> hashes, Use&& use) const {
    std::string block;
    for (const std::uint64_t hash : hashes) filter_.prefetch(hash);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (!filter_.may_contain(hashes[i])) continue;
      for (std::size_t at = first_block(hashes[i]); at < firsts_.size() && firsts_[at] <= first_bits(hashes[i]); ++at) {
        for (const Posting posting : read_block(store, at, block)) {
          if (hash_of(posting) == hashes[i]) use(i, header_.first + offset_of(posting));
        }
      }
    }
  }

  [[nodiscard]] const Header& header() const { return header_; }
  [[nodiscard]] std::string encoded_header() const;
  [[nodiscard]] std::uint32_t samples(ArticleKey article) const { return samples_[article - header_.first]; }
  [[nodiscard]] bool holds(ArticleKey article) const { return article >= header_.first && article <= header_.last; }
  [[nodiscard]] std::size_t memory_bytes() const {
    return filter_.words().size() * 8 + firsts_.size() * 4 + samples_.size() * 2;
  }
  /// Reads all blocks and checks their order; throws Error(state).
  void verify(const IndexStore& store) const;

 private:
  friend class PostingSegmentWriter;
  friend class PostingSegmentCursor;

  static std::uint32_t first_bits(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> (kPostingHashBits - 32));
  }
  /// The first block that may hold a hash.
  [[nodiscard]] std::size_t first_block(std::uint64_t hash) const;
  std::span<const Posting> read_block(const IndexStore& store, std::size_t number, std::string& bytes) const;

  Header header_;
  PostingFilter filter_;
  std::vector<std::uint32_t> firsts_;  // of each block, the upper bits of its first hash
  std::vector<std::uint16_t> samples_;
};

}  // namespace wirecopy
