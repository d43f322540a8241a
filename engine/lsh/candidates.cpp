// Splitting a flooded bucket.
//
// Problem: a bucket of m members has m(m-1)/2 pairs. Pairing each member with R representatives is linear, and finds
// everything if the bucket is one story. But a flooded bucket is usually something else: thousands of stories that
// share a page's furniture. Then the few copies of one story in it are near none of the representatives, and are lost
// if this is the only bucket that they share.
//
// Idea: use further content, but only here. Members are grouped by a further word (for example a MinHash coordinate
// outside the band). A group that is small enough gives all its pairs; a larger one is grouped by the next word, and so
// on, as an LSH forest (Bawa, Condie, Ganesan 2005) lengthens keys only where there are too many. One such tree misses
// pairs that differ in its first word, so there is one tree per level: tree l uses words l, l + 1, ... cyclically.
//
//   bucket > limit:   order members by rank;  star(all)
//                     for each level l:  split(all, l, 0)
//   split(group, l, depth):  by word (l + depth) mod levels, in rank order within equal words:
//                     parts up to the limit: all pairs;  larger ones: split(part, l, depth + 1)
//                     after the last word: star(group), in the first tree only, as it is the same group in each
//   star(group):      each member with the R of lowest rank and with the next in rank order
//
// Why it is correct: group membership depends on words, the star on ranks, and nothing on arrival. Copies with
// similarity J whose part of the flood is small agree in at least one of L first words with probability 1-(1-J)^L: .94
// for J = .5, L = 4.
//
// Cost: each level of each tree sorts its members by counting: levels^2 linear passes over flooded buckets.
#include "lsh/candidates.hpp"

#include <algorithm>

#include "base/radix_sort.hpp"

namespace wirecopy {
namespace {

using Members = std::span<BandRecord>;

std::uint64_t key_of(const BandRecord& record) { return record.key; }

// The end of the run of equal keys that starts at `begin`.
std::size_t run_end(Members records, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < records.size() && records[end].key == records[begin].key) ++end;
  return end;
}

class Appender {
 public:
  Appender(BandRecords& scratch, std::span<const std::uint64_t> rank, BucketLimits limits, const Refinement& refinement,
           CandidatePairs& pairs)
      : scratch_(scratch), rank_(rank), limits_(limits), refinement_(refinement), pairs_(pairs) {}

  [[nodiscard]] bool small(Members members) const { return members.size() <= limits_.all_pairs_up_to; }

  void all_pairs(Members members) {
    for (std::size_t a = 0; a < members.size(); ++a) {
      for (std::size_t b = a + 1; b < members.size(); ++b) pair(members[a], members[b]);
    }
  }

  void flooded(Members members) {
    members = order_by_rank(members);
    if (small(members)) return all_pairs(members);
    star(members);
    for (unsigned level = 0; level < refinement_.levels; ++level) {
      if (level > 0) order_by_rank(members);
      split(members, level, 0);
    }
  }

 private:
  void pair(const BandRecord& a, const BandRecord& b) {
    if (a.article == b.article) return;
    pairs_.push_back({std::min(a.article, b.article), std::max(a.article, b.article)});
  }

  void sort(Members members) { radix_sort(members, std::span(scratch_), key_of); }

  // Orders members by ascending rank, each article once.
  Members order_by_rank(Members members) {
    for (BandRecord& member : members) member.key = rank_[member.article];
    sort(members);
    const auto same = [](const BandRecord& a, const BandRecord& b) { return a.article == b.article; };
    return members.first(static_cast<std::size_t>(std::unique(members.begin(), members.end(), same) - members.begin()));
  }

  // `members` must be in rank order.
  void star(Members members) {
    const std::size_t leaders = std::min<std::size_t>(limits_.representatives, members.size());
    for (std::size_t leader = 0; leader < leaders; ++leader) {
      for (std::size_t at = leader + 1; at < members.size(); ++at) pair(members[leader], members[at]);
    }
    for (std::size_t at = leaders; at + 1 < members.size(); ++at) pair(members[at], members[at + 1]);
  }

  // `members` must be in rank order and equal in the last `depth` words. Those equal in all words are the same group in
  // every tree.
  void split(Members members, unsigned tree, unsigned depth) {
    if (depth == refinement_.levels) {
      if (tree == 0) star(members);
      return;
    }
    const unsigned level = (tree + depth) % refinement_.levels;
    for (BandRecord& member : members) member.key = refinement_.word(member.article, level);
    sort(members);
    for (std::size_t begin = 0, end = 0; begin < members.size(); begin = end) {
      end = run_end(members, begin);
      const Members part = members.subspan(begin, end - begin);
      if (small(part)) {
        all_pairs(part);
      } else {
        split(part, tree, depth + 1);
      }
    }
  }

  BandRecords& scratch_;
  std::span<const std::uint64_t> rank_;
  BucketLimits limits_;
  const Refinement& refinement_;
  CandidatePairs& pairs_;
};

}  // namespace

CandidateCounts& CandidateCounts::operator+=(const CandidateCounts& other) {
  records += other.records;
  buckets += other.buckets;
  largest_bucket = std::max(largest_bucket, other.largest_bucket);
  capped_buckets += other.capped_buckets;
  capped_articles += other.capped_articles;
  pairs += other.pairs;
  distance = std::max(distance, other.distance);
  return *this;
}

void append_candidates(BandRecords& records, BandRecords& scratch, std::span<const std::uint64_t> content_rank,
                       BucketLimits limits, const Refinement& refinement, CandidatePairs& pairs,
                       CandidateCounts& counts) {
  if (scratch.size() < records.size()) scratch.resize(records.size());
  const std::size_t pairs_before = pairs.size();
  const Members all(records);
  radix_sort(all, std::span(scratch), key_of);

  Appender appender(scratch, content_rank, limits, refinement, pairs);
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    end = run_end(all, begin);
    const Members bucket = all.subspan(begin, end - begin);
    if (bucket.size() == 1) continue;
    ++counts.buckets;
    counts.largest_bucket = std::max<std::uint64_t>(counts.largest_bucket, bucket.size());
    if (appender.small(bucket)) {
      appender.all_pairs(bucket);
    } else {
      ++counts.capped_buckets;
      counts.capped_articles += bucket.size();
      appender.flooded(bucket);
    }
  }
  counts.records += records.size();
  counts.pairs += pairs.size() - pairs_before;
}

void sort_unique(CandidatePairs& pairs, CandidatePairs& scratch) {
  if (scratch.size() < pairs.size()) scratch.resize(pairs.size());
  radix_sort(std::span(pairs), std::span(scratch),
             [](const CandidatePair& pair) { return std::uint64_t{pair.first} << 32 | pair.second; });
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

}  // namespace wirecopy
