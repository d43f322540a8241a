// From equal keys to candidate pairs, with work that stays linear when a bucket is flooded.
//
// Feeds hold buckets of a million: a template, a paywall stub, a footer longer than the text. All pairs of such a
// bucket cannot be tried, and a few representatives for all its members lose those who have a twin in the bucket, not
// among the representatives, and share no other bucket. candidates.cpp says how a flooded bucket is split by further
// content instead, and what is guaranteed.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/large_memory.hpp"

namespace wirecopy {

/// An article has a key (of a band, a table, a sampled shingle).
struct BandRecord {
  std::uint64_t key;
  std::uint32_t article;
};
using BandRecords = LargeArray<BandRecord>;

/// Two articles that may match; first < second.
struct CandidatePair {
  std::uint32_t first;
  std::uint32_t second;
  friend auto operator<=>(const CandidatePair&, const CandidatePair&) = default;
};
using CandidatePairs = LargeArray<CandidatePair>;

struct BucketLimits {
  unsigned all_pairs_up_to = 32;  ///< members of the largest bucket of which every pair is taken, >= 2
  unsigned representatives = 8;   ///< members of a larger one with whom every member is paired, >= 1
};

/// Further content of articles, by which flooded buckets are split. `word(article, level)`, level < levels, depends on
/// the article's content alone and is equal, for each level, with about the probability of the articles' similarity:
/// such as a MinHash coordinate outside the band. Asked for members of flooded buckets only, at most levels^2 times a
/// member; by as many threads as append candidates.
struct Refinement {
  unsigned levels = 0;
  std::function<std::uint64_t(std::uint32_t article, unsigned level)> word;
};

/// What was done; counts of several partitions add up.
struct CandidateCounts {
  std::uint64_t records = 0;
  std::uint64_t buckets = 0;          ///< keys that two records or more have
  std::uint64_t largest_bucket = 0;   ///< members
  std::uint64_t capped_buckets = 0;   ///< buckets with more members than all_pairs_up_to
  std::uint64_t capped_articles = 0;  ///< members of those
  std::uint64_t pairs = 0;            ///< appended; a pair may come from several buckets

  CandidateCounts& operator+=(const CandidateCounts& other);
};

/// Groups `records` by key and appends the candidate pairs of every bucket:
/// - of a bucket up to limits.all_pairs_up_to: all pairs;
/// - of a larger, flooded one: each member with the `representatives` members of lowest content_rank and with its
///   neighbours in that order; and for each level l of the refinement, each member with all those who agree with it in
///   words l, l + 1, ... (modulo levels), as many of them as make the group small enough; where even all words leave it
///   too large, with that group's representatives and its neighbours.
/// So a pair that shares a bucket is lost only if it is flooded, and for each level either the words differ or a
/// longer agreement is asked for because too many others agree too.
///
/// `content_rank[article]` decides what is taken of many: unique numbers, such as a hash of content and id. The pairs
/// depend on keys, ranks and words only: neither on the order of records nor on how articles are numbered. An article
/// may stand several times in a bucket. Pairs may repeat (sort_unique) and come in no particular order.
///
/// Linear in records: a flooded bucket makes at most 2 (representatives + 1) + levels * all_pairs_up_to / 2 pairs a
/// member. `records` is used up: its order and keys are unspecified afterwards; `scratch` grows to its size. No state
/// is shared: calls with records and vectors of their own may run side by side.
void append_candidates(BandRecords& records, BandRecords& scratch, std::span<const std::uint64_t> content_rank,
                       BucketLimits limits, const Refinement& refinement, CandidatePairs& pairs,
                       CandidateCounts& counts);

/// Sorts and removes duplicates, in linear time. `scratch` grows to the size of `pairs`.
void sort_unique(CandidatePairs& pairs, CandidatePairs& scratch);

}  // namespace wirecopy
