// Candidates by shared samples: the default search, as an algorithm over records.
//
// Every article has a record for each of its distinct sampled shingles that is not ignored. Articles that share a
// shingle are in one bucket, and a bucket proposes its pairs (candidates.hpp). A pair that is proposed often enough
// (sample_hits.hpp) is a candidate. Records are spread over partitions that fit into a cache; a partition is searched
// by itself. Nothing here knows of threads: the caller gives each thread its own scratch, and joins what all have
// proposed.
//
//   const SamplePartitions partitions(records);
//   partitions.add(article, sample, is_ignored, firsts, spread, pool);    // of all articles
//   BucketSearch search(ranges);                                          // one a thread
//   search.take_repeated(spreads, partition);                             // of each partition
//   search.propose(ranks, kSampleBuckets, {}, pause);
//   pairs_with(counter, proposed_by_all, range, enough);                  // of each range of articles
//   (pair_counts.hpp)
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <span>

#include "base/hash.hpp"
#include "base/large_memory.hpp"
#include "base/repeat_filter.hpp"
#include "base/spread.hpp"
#include "lsh/candidates.hpp"
#include "lsh/pair_counts.hpp"
#include "lsh/sample_hits.hpp"

namespace wirecopy {

/// A sampled shingle of an article, eight bytes. The key is 32 bits of a hash of the shingle, besides those that say in
/// which partition it is. So one pair of different shingles in 2^36 or more has the same key: that is one hit more for
/// a pair of articles, and at worst a pair is compared that need not be.
struct SampleRecord {
  std::uint32_t key;
  std::uint32_t article;
};

/// Limits of the buckets of sampled shingles.
inline constexpr BucketLimits kSampleBuckets{.all_pairs_up_to = 64, .representatives = 4};

/// Partitions that fit into a cache, but no more than can be written to side by side. Immutable.
class SamplePartitions {
 public:
  /// `records`: about as many as there will be.
  explicit SamplePartitions(std::uint64_t records)
      : bits_(static_cast<unsigned>(std::clamp(static_cast<int>(std::bit_width(records)) - 15, 4, 10))) {}

  [[nodiscard]] std::size_t size() const { return std::size_t{1} << bits_; }

  /// Adds an article's distinct sampled shingles of which `is_ignored(shingle)` is false. Returns their number.
  template <typename IsIgnored>
  std::uint32_t add(std::uint32_t article, std::span<const std::uint64_t> sample, const IsIgnored& is_ignored,
                    FirstOccurrences& firsts, Spread<SampleRecord>& to, PiecePool& pool) const {
    firsts.start(sample.size());
    std::uint32_t added = 0;
    for (const std::uint64_t shingle : sample) {
      if (is_ignored(shingle) || !firsts.add(shingle)) continue;
      const std::uint64_t mixed = mix64(shingle);  // sampled hashes are small; these are uniform
      to.add(mixed >> (64 - bits_), {static_cast<std::uint32_t>(mixed), article}, pool);
      ++added;
    }
    return added;
  }

 private:
  unsigned bits_;
};

/// The buckets of one partition after the other, and all the pairs that were proposed. Scratch of one thread.
class BucketSearch {
 public:
  /// `piece` and `slab`: bytes, as for a PiecePool.
  BucketSearch(const ArticleRanges& ranges, std::pmr::memory_resource* memory, std::size_t piece, std::size_t slab)
      : pool_(memory, piece, slab),
        proposed_(ranges, memory),
        repeated_(memory),
        records_(memory),
        scratch_(memory),
        pairs_(memory) {}

  [[nodiscard]] PiecePool& pool() { return pool_; }
  /// Those of the partition that is searched next.
  [[nodiscard]] BandRecords& records() { return records_; }

  /// Takes all records of a partition out of the spreads, without those whose key no other record has.
  void take_repeated(std::span<Spread<SampleRecord>* const> spreads, std::size_t partition);

  /// Proposes the pairs of the buckets in records(). `pause` is called now and then.
  void propose(std::span<const std::uint64_t> ranks, const BucketLimits& limits, const Refinement& refinement,
               const std::function<void()>& pause) {
    pairs_.clear();
    append_candidates(records_, scratch_, ranks, limits, refinement, pairs_, counts_);
    proposed_.add(pairs_, pool_, pause);
  }

  [[nodiscard]] const Spread<Proposal>& proposed() const { return proposed_.spread(); }
  [[nodiscard]] const CandidateCounts& counts() const { return counts_; }

 private:
  PiecePool pool_;
  ProposedPairs proposed_;
  RepeatFilter repeated_;
  BandRecords records_, scratch_;
  CandidatePairs pairs_;
  CandidateCounts counts_;
};

}  // namespace wirecopy
