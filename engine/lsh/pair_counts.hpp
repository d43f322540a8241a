// Counts how many keys each pair of articles shares.
//
// Problem: buckets propose a pair once for each shared key, and only pairs with enough shared keys are wanted. There
// are some eighty proposals per article in a feed of 400,000, more in larger ones, and few pairs remain.
// Idea: articles are divided into ranges. Proposals, eight bytes each, are partitioned by the range of their first
// article. A range is then grouped by first article, and the few hundred partners of each are counted in a small table
// that stays in the innermost cache. If a story has many copies, the same pairs are proposed again and again. So a
// thread counts the proposals of a range once there are many, and keeps the counts instead if that saves something.
// Why it is correct: all proposals of a pair have the same first article, and counts can be added in any order.
// Cost: linear; most proposals are written once and read twice. (Sorted runs of counted pairs, merged two at a time,
// took three times as long for 400,000 articles, and wrote every run five times for ten million.)
//
//   const ArticleRanges ranges(articles);
//   ProposedPairs proposed(ranges);          // one per thread
//   proposed.add(pairs, pool);               // many times
//   PairCounter counter(ranges);             // one per thread
//   counter.count(all_proposed, range, enough, result);
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <span>
#include <vector>

#include "base/large_memory.hpp"
#include "base/spread.hpp"
#include "lsh/candidates.hpp"

namespace wirecopy {

/// Divides articles into a few hundred ranges of equal size, at most 65,536 articles each. Immutable.
class ArticleRanges {
 public:
  explicit ArticleRanges(std::size_t articles);

  [[nodiscard]] std::size_t size() const { return ranges_; }
  [[nodiscard]] std::size_t range_of(std::uint32_t article) const { return article >> bits_; }
  [[nodiscard]] std::uint32_t first_of(std::size_t range) const { return static_cast<std::uint32_t>(range << bits_); }
  /// Articles per range; the last one may have fewer.
  [[nodiscard]] std::size_t width() const { return std::size_t{1} << bits_; }

 private:
  unsigned bits_;
  std::size_t ranges_;
};

/// A pair whose first article is in a known range, and how often it was proposed.
struct Proposal {
  std::uint32_t second;
  std::uint16_t first;  ///< relative to the first article of the range
  std::uint16_t times;  ///< 1 or more
};

/// Counts the proposals of ranges, one range at a time. Scratch space of one thread; grows to the largest range.
class PairCounter {
 public:
  explicit PairCounter(const ArticleRanges& ranges, std::pmr::memory_resource* memory = large_memory())
      : ranges_(&ranges), partners_(memory), table_(memory) {}

  /// Calls `use(pair, times)` for each distinct pair of a range, in ascending order of first article. `spreads`: the
  /// proposals of each thread. O(proposals).
  template <typename Use>
  void for_each_pair(std::span<const Spread<Proposal>* const> spreads, std::size_t range, Use use) {
    group(spreads, range);
    for (std::size_t i = 0; i < ranges_->width(); ++i) {
      const auto first = static_cast<std::uint32_t>(ranges_->first_of(range) + i);
      for (const Partner& partner : partners_of(i)) {
        if (partner.times != 0) use(CandidatePair{first, partner.article}, partner.times);
      }
    }
  }

 private:
  struct Partner {
    std::uint32_t article;
    std::uint32_t times;  // 0: empty slot
  };

  /// Groups the partners of each article of the range.
  void group(std::span<const Spread<Proposal>* const> spreads, std::size_t range);
  /// Each partner of an article once, among empty slots; valid until the next call.
  [[nodiscard]] std::span<const Partner> partners_of(std::size_t article);

  const ArticleRanges* ranges_;
  std::vector<std::size_t> begins_;  // beginning of each article's partners, and the end of all
  LargeArray<Partner> partners_;     // grouped by first article
  LargeArray<Partner> table_;        // open addressing, at most half full
};

/// The pairs proposed by one thread.
class ProposedPairs {
 public:
  explicit ProposedPairs(const ArticleRanges& ranges, std::pmr::memory_resource* memory = large_memory())
      : ranges_(&ranges),
        counter_(ranges, memory),
        spread_(ranges.size()),
        limits_(ranges.size(), kMinToCount),
        counted_(memory) {}

  /// The articles of `pairs` must be covered by `ranges`. Calls `pause` before it counts a range, because all ranges
  /// may become due at once, which means counting everything proposed so far. Amortised O(pairs + ranges).
  void add(
      std::span<const CandidatePair> pairs, PiecePool& pool, const std::function<void()>& pause = [] {});

  [[nodiscard]] const Spread<Proposal>& spread() const { return spread_; }

 private:
  static constexpr std::size_t kMinToCount = std::size_t{1} << 16;

  void compact(std::size_t range, PiecePool& pool);

  const ArticleRanges* ranges_;
  PairCounter counter_;
  Spread<Proposal> spread_;
  std::vector<std::size_t> limits_;  // by range: number of proposals at which counting them pays off
  LargeArray<Proposal> counted_;     // scratch
};

/// The pairs of a range for which `enough(pair, times)` is true, sorted.
template <typename Enough>
CandidatePairs pairs_with(PairCounter& counter, std::span<const Spread<Proposal>* const> spreads, std::size_t range,
                          Enough enough, std::pmr::memory_resource* memory = large_memory()) {
  CandidatePairs pairs(memory);
  counter.for_each_pair(spreads, range, [&](const CandidatePair& pair, std::uint32_t times) {
    if (enough(pair, times)) pairs.push_back(pair);
  });
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace wirecopy
