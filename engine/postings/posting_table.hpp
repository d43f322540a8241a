// Postings in memory: which articles hold a sampled shingle, have an id, have a content.
//
// One open-addressing table of eight bytes a posting: 40 bits of a hash, 24 bits of the article's number behind the
// table's first. A lookup reads a cache line or two. Articles whose 40 bits agree by chance are told apart by their
// records.
//
// A hash that many articles hold (a template, a stub) keeps the kMaxOfOneHash that came last: in a stream, copies come
// close to each other, and older ones are found by what else they share.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.hpp"
#include "base/large_memory.hpp"
#include "store/key.hpp"

namespace wirecopy {

/// What a posting says of an article.
enum class PostingKind : std::uint64_t { shingle = 0, id = 0x9e3779b97f4a7c15ULL, content = 0xc2b2ae3d27d4eb4fULL };

/// Bits of a hash that are kept.
inline constexpr unsigned kPostingHashBits = 40;
inline constexpr unsigned kPostingOffsetBits = 24;
/// Articles of one hash that are kept in a table.
inline constexpr unsigned kMaxOfOneHash = 64;

/// Mixed, as samples are the smallest hashes and ids are hashed by another rule.
[[nodiscard]] constexpr std::uint64_t posting_hash(PostingKind kind, std::uint64_t value) {
  return mix64(value ^ static_cast<std::uint64_t>(kind)) >> kPostingOffsetBits;
}

/// A hash above, an article's number behind the first plus 1 below: in order of hash, then of arrival.
using Posting = std::uint64_t;

[[nodiscard]] constexpr std::uint64_t hash_of(Posting posting) { return posting >> kPostingOffsetBits; }
[[nodiscard]] constexpr std::uint64_t offset_of(Posting posting) {
  return (posting & ((std::uint64_t{1} << kPostingOffsetBits) - 1)) - 1;
}

/// For one writer; any number of threads may ask while nobody writes.
class PostingTable {
 public:
  static constexpr std::uint64_t kMaxArticles = (std::uint64_t{1} << kPostingOffsetBits) - 2;

  /// For articles from `first` on.
  explicit PostingTable(ArticleKey first) : first_(first), slots_(kMinSlots, 0) {}

  [[nodiscard]] bool takes(ArticleKey article) const { return article >= first_ && article - first_ < kMaxArticles; }
  /// `article` must be one that it takes, and not before one added earlier.
  void add(std::uint64_t hash, ArticleKey article);
  /// How many postings of shingles an article has.
  void set_samples(ArticleKey article, std::size_t samples);
  [[nodiscard]] std::uint32_t samples(ArticleKey article) const { return samples_[article - first_]; }

  /// Calls `use(i, article)` for every article that holds hash i.
  template <typename Use>
  void find(std::span<const std::uint64_t> hashes, Use&& use) const {
    constexpr std::size_t kAhead = 8;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (i + kAhead < hashes.size()) __builtin_prefetch(&slots_[home(hashes[i + kAhead])]);
      for (std::size_t at = home(hashes[i]); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
        if (hash_of(slots_[at]) == hashes[i]) use(i, first_ + offset_of(slots_[at]));
      }
    }
  }

  [[nodiscard]] ArticleKey first() const { return first_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t memory_bytes() const { return slots_.size() * sizeof(Posting) + samples_.size() * 2; }
  /// All postings, in ascending order.
  [[nodiscard]] LargeArray<Posting> sorted() const;
  [[nodiscard]] std::span<const std::uint16_t> all_samples() const { return samples_; }

 private:
  static constexpr std::size_t kMinSlots = 1024;

  /// By the low bits: hashes of a giant text are added in ascending order, and would fill the table from one end.
  [[nodiscard]] std::size_t home(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash) & (slots_.size() - 1);
  }
  void grow();

  ArticleKey first_;
  unsigned bits_ = 10;
  LargeArray<Posting> slots_;  // 0: free
  std::size_t size_ = 0;
  std::vector<std::uint16_t> samples_;
};

}  // namespace wirecopy
