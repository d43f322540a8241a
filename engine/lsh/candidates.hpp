// Turns equal keys into candidate pairs, with work that stays linear when a bucket is flooded.
//
// Feeds contain buckets of a million members: a template, a paywall stub, a footer longer than the text. Trying all
// pairs of such a bucket is impossible, and a few representatives for all members lose those whose twin in the bucket
// is not a representative and shares no other bucket. candidates.cpp explains how a flooded bucket is split by further
// content instead, and what is guaranteed.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/large_memory.hpp"

namespace wirecopy {

/// An article and one of its keys (of a band, a table, a sampled shingle).
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
  unsigned all_pairs_up_to = 32;  ///< maximum number of members of a bucket whose pairs are all taken, >= 2
  unsigned representatives = 8;   ///< members of a larger bucket with which every member is paired, >= 1
};

/// Further content of articles, by which flooded buckets are split. `word(article, level)`, level < levels, must depend
/// only on the article's content, and be equal at each level with about the probability of the articles' similarity,
/// such as a MinHash coordinate outside the band. Called for members of flooded buckets only, at most levels^2 times
/// per member, by all threads that append candidates.
struct Refinement {
  unsigned levels = 0;
  std::function<std::uint64_t(std::uint32_t article, unsigned level)> word;
};

/// Statistics; those of several partitions can be added.
struct CandidateCounts {
  std::uint64_t records = 0;
  std::uint64_t buckets = 0;          ///< keys of two or more records
  std::uint64_t largest_bucket = 0;   ///< members of the largest bucket
  std::uint64_t capped_buckets = 0;   ///< buckets with more members than all_pairs_up_to
  std::uint64_t capped_articles = 0;  ///< members of those buckets
  std::uint64_t pairs = 0;            ///< pairs appended; a pair may come from several buckets
  unsigned distance = 0;              ///< Method::simhash: maximum Hamming distance of the pairs

  CandidateCounts& operator+=(const CandidateCounts& other);
};

/// Groups `records` by key and appends the candidate pairs of every bucket:
/// - of a bucket of up to limits.all_pairs_up_to members: all pairs;
/// - of a larger, flooded bucket: each member with the `representatives` members of lowest content_rank and with its
///   neighbours in that order; and for each level l of the refinement, each member with all members that agree with it
///   in as many of the words l, l + 1, ... (modulo levels) as make the group small enough; if even all words leave the
///   group too large, with that group's representatives and its neighbours.
/// So a pair that shares a bucket is lost only if the bucket is flooded and, for each level, either the words differ or
/// a longer agreement is required because too many others agree too.
///
/// `content_rank[article]` decides which of many are taken: unique numbers, such as a hash of content and id. The pairs
/// depend only on keys, ranks and words, neither on the order of records nor on how articles are numbered. An article
/// may occur several times in a bucket. Pairs may repeat (see sort_unique) and have no particular order.
///
/// Linear in records: a flooded bucket gives at most 2 (representatives + 1) + levels * all_pairs_up_to / 2 pairs per
/// member. `records` is consumed: its order and keys are unspecified afterwards. `scratch` grows to its size. No shared
/// state: calls with separate records and vectors may run concurrently.
void append_candidates(BandRecords& records, BandRecords& scratch, std::span<const std::uint64_t> content_rank,
                       BucketLimits limits, const Refinement& refinement, CandidatePairs& pairs,
                       CandidateCounts& counts);

/// Sorts and removes duplicates, in linear time. `scratch` grows to the size of `pairs`.
void sort_unique(CandidatePairs& pairs, CandidatePairs& scratch);

}  // namespace wirecopy
