// Pairs by brute force: exact Jaccard, all pairs that share a key, and flooded buckets by maps and sets.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "lsh/candidates.hpp"

namespace wirecopy::reference {

using PairSet = std::set<std::pair<std::uint32_t, std::uint32_t>>;

inline double jaccard(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  std::size_t shared = 0;
  for (const std::uint64_t shingle : a) shared += b.count(shingle);
  return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

inline void add_pair(PairSet& pairs, std::uint32_t a, std::uint32_t b) {
  if (a != b) pairs.emplace(std::min(a, b), std::max(a, b));
}

inline void add_all_pairs(PairSet& pairs, const std::vector<std::uint32_t>& members) {
  for (const std::uint32_t a : members) {
    for (const std::uint32_t b : members) add_pair(pairs, a, b);
  }
}

/// Every two articles that share a key.
inline PairSet pairs_sharing_a_key(const BandRecords& records) {
  PairSet pairs;
  for (const BandRecord& a : records) {
    for (const BandRecord& b : records) {
      if (a.key == b.key) add_pair(pairs, a.article, b.article);
    }
  }
  return pairs;
}

/// Each member with the representatives and its neighbours; `members` in rank order.
inline void add_star(PairSet& pairs, const std::vector<std::uint32_t>& members, BucketLimits limits) {
  for (std::size_t at = 0; at < members.size(); ++at) {
    for (std::size_t leader = 0; leader < members.size() && leader < limits.representatives; ++leader) {
      add_pair(pairs, members[leader], members[at]);
    }
    if (at + 1 < members.size()) add_pair(pairs, members[at], members[at + 1]);
  }
}

/// The pairs of `member` according to the contract of append_candidates for one level.
inline void add_level(PairSet& pairs, const std::vector<std::uint32_t>& members, std::uint32_t member, unsigned level,
                      BucketLimits limits, const Refinement& refinement) {
  std::vector<std::uint32_t> group = members;
  for (unsigned depth = 0; depth < refinement.levels && group.size() > limits.all_pairs_up_to; ++depth) {
    const unsigned asked = (level + depth) % refinement.levels;
    std::erase_if(group,
                  [&](std::uint32_t other) { return refinement.word(other, asked) != refinement.word(member, asked); });
  }
  if (group.size() > limits.all_pairs_up_to) {
    add_star(pairs, group, limits);
  } else {
    for (const std::uint32_t other : group) add_pair(pairs, member, other);
  }
}

/// The expected result of append_candidates, member by member.
inline PairSet candidates(const BandRecords& records, std::span<const std::uint64_t> rank, BucketLimits limits,
                          const Refinement& refinement) {
  std::map<std::uint64_t, std::vector<std::uint32_t>> buckets;
  for (const BandRecord& record : records) buckets[record.key].push_back(record.article);
  PairSet pairs;
  for (auto& [key, members] : buckets) {
    std::sort(members.begin(), members.end(), [&](auto a, auto b) { return rank[a] < rank[b]; });
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (members.size() <= limits.all_pairs_up_to) {
      add_all_pairs(pairs, members);
      continue;
    }
    add_star(pairs, members, limits);
    for (const std::uint32_t member : members) {
      for (unsigned level = 0; level < refinement.levels; ++level) {
        add_level(pairs, members, member, level, limits, refinement);
      }
    }
  }
  return pairs;
}

}  // namespace wirecopy::reference
