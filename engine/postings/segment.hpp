// Postings on disk.
//
// Problem. An article has some seventy postings. As keys of RocksDB each costs microseconds, again at every compaction,
// and a question for each of them costs more.
//
// Idea. The postings of some thousand articles are gathered in memory (posting_table.hpp), sorted, and written as a
// segment: blocks of 512 sorted postings, four kilobytes each, that RocksDB keeps as they are. A
// filter precedes them (posting_filter.hpp); in memory stay of each block its first hash, and as much of the filters as
// there is memory for. So a question costs a cache miss a segment, and a block where the filter says yes: rightly, or
// once in a hundred times by chance. Four segments of one size are merged into one, as in a log-structured merge tree
// (O'Neil et al. 1996), so that there are few of them; each posting is written once a level.
//
// What is not in memory is read: for a batch each part of a filter once (batch_filter.hpp), for a single article the
// blocks themselves, which say more than a part of a filter and are smaller.
//
// Durability. Blocks are on the disk before the segment's record says that they are there. What is in no segment is
// read off the articles again when the index is opened.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "postings/posting_filter.hpp"
#include "postings/posting_table.hpp"
#include "store/store.hpp"

namespace wirecopy {

/// Its postings are immutable after it was written or loaded; any number of threads may ask.
class PostingSegment {
 public:
  /// Which articles it holds, and how large it is.
  struct Header {
    std::uint64_t key = 0;    ///< generation and number
    ArticleKey first;         ///< offsets count from here
    ArticleKey last;          ///< the last article in it
    std::uint32_t level = 0;  ///< how often it was merged
    std::uint64_t postings = 0;
  };

  /// Writes the blocks of a table's postings. The header is the caller's to write.
  static PostingSegment write(IndexStore& store, std::uint64_t key, const PostingTable& table, ArticleKey last);
  /// Merges segments of one generation, in order of arrival, into one of the next level.
  static PostingSegment merge(IndexStore& store, std::uint64_t key, std::span<const PostingSegment* const> parts);
  /// Throws Error(state) where its parts are missing.
  static PostingSegment load(const IndexStore& store, std::string_view header);

  /// Calls `use(i, articles)`, where it may take from and reorder `articles`, for hashes that some article holds.
  /// `verdicts`: of each hash, whether a part of the filter that is not in memory lets it pass; may be empty.
  template <typename Use>
  void find(const IndexStore& store, std::span<const std::uint64_t> hashes, std::span<const std::uint8_t> verdicts,
            Use&& use) const {
    std::string block;
    std::vector<ArticleKey> articles;
    for (const std::uint64_t hash : hashes) filter_.prefetch(hash);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      const PostingFilter::Answer answer = filter_.ask(hashes[i]);
      if (answer == PostingFilter::Answer::no) continue;
      const bool is_unknown = answer == PostingFilter::Answer::unknown;
      if (is_unknown && !verdicts.empty() && verdicts[i] == 0) continue;
      articles.clear();
      gather(store, hashes[i], is_unknown && verdicts.empty(), block, articles);
      if (!articles.empty()) use(i, articles);
    }
  }

  [[nodiscard]] const Header& header() const { return header_; }
  [[nodiscard]] std::string encoded_header() const;
  [[nodiscard]] std::uint32_t samples(ArticleKey article) const { return samples_[article - header_.first]; }
  [[nodiscard]] bool holds(ArticleKey article) const { return article >= header_.first && article <= header_.last; }
  /// What is in memory always, and of the filter.
  [[nodiscard]] std::size_t fixed_bytes() const { return firsts_.size() * 4 + samples_.size() * 2; }
  [[nodiscard]] std::size_t memory_bytes() const { return fixed_bytes() + filter_.memory_bytes(); }
  /// Reads all blocks and checks their order; throws Error(state), or Error(cancelled).
  void verify(const IndexStore& store, const std::stop_token& stop = {}) const;

  [[nodiscard]] const PostingFilter& filter() const { return filter_; }
  /// The words of a part of the filter; throws Error(state) where they are missing.
  [[nodiscard]] PostingFilter::Part read_filter(const IndexStore& store, std::size_t part) const;
  /// Holds so many parts of the filter in memory: the first ones.
  void keep_filter(const IndexStore& store, std::size_t parts);

 private:
  friend class PostingSegmentWriter;
  friend class PostingSegmentCursor;

  static std::uint32_t first_bits(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> (kPostingHashBits - 32));
  }
  /// The first block that may hold a hash.
  [[nodiscard]] std::size_t first_block(std::uint64_t hash) const;
  /// Appends the articles that hold a hash, in ascending order.
  void gather(const IndexStore& store, std::uint64_t hash, bool once, std::string& block,
              std::vector<ArticleKey>& articles) const;
  /// `once`: it will not be read again soon.
  std::span<const Posting> read_block(const IndexStore& store, std::size_t number, bool once, std::string& bytes) const;

  Header header_;
  PostingFilter filter_;
  std::vector<std::uint32_t> firsts_;  // of each block, the upper bits of its first hash
  std::vector<std::uint16_t> samples_;
};

}  // namespace wirecopy
