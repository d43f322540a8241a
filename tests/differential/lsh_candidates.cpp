// Compares candidates with brute force: all pairs that share a key, and the contract for flooded buckets by member.
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "lsh/candidates.hpp"
#include "reference/pairs.hpp"

namespace wirecopy {
namespace {

reference::PairSet fast(BandRecords records, std::span<const std::uint64_t> rank, BucketLimits limits,
                        const Refinement& refinement) {
  BandRecords scratch;
  CandidatePairs pairs;
  CandidateCounts counts;
  append_candidates(records, scratch, rank, limits, refinement, pairs, counts);
  reference::PairSet result;
  for (const CandidatePair& pair : pairs) result.emplace(pair.first, pair.second);
  return result;
}

struct Case {
  BandRecords records;
  std::vector<std::uint64_t> rank;
  BucketLimits limits;
  Refinement refinement;
};

// Buckets range from single articles to floods, words from all different to all equal.
Case random_case(std::uint64_t seed) {
  RandomStream random(seed);
  const std::uint32_t articles = 1 + random.below(300);
  const std::uint32_t keys = 1 + random.below(1 + random.below(200));
  const std::uint64_t stride = seed % 3 == 0 ? 1 : 0x9e3779b97f4a7c15ULL;  // adjacent keys, or keys far apart
  Case made;
  for (std::uint32_t article = 0; article < articles; ++article) made.rank.push_back(mix64(seed ^ article));
  for (std::uint32_t at = 0; at < 2 * articles; ++at) {
    made.records.push_back({random.below(keys) * stride, random.below(articles)});
  }
  made.limits = {2 + random.below(30), 1 + random.below(10)};
  const std::uint32_t words = 1 + random.below(40);
  made.refinement = {random.below(4), [seed, words](std::uint32_t article, unsigned level) {
                       return std::uint64_t{RandomStream(mix64(seed + article) + level).below(words)};
                     }};
  return made;
}

TEST(CandidatesTwin, RandomBuckets) {
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const Case made = random_case(seed);
    ASSERT_EQ(fast(made.records, made.rank, made.limits, made.refinement),
              reference::candidates(made.records, made.rank, made.limits, made.refinement))
        << seed;
  }
}

TEST(CandidatesTwin, WithoutALimitFindsEveryPairThatSharesAKey) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Case made = random_case(seed);
    made.limits.all_pairs_up_to = 1000;
    ASSERT_EQ(fast(made.records, made.rank, made.limits, {}), reference::pairs_sharing_a_key(made.records)) << seed;
  }
}

TEST(SortUniqueTwin, RandomPairs) {
  RandomStream random(9);
  for (const std::uint32_t articles : {2U, 50U, 3000U, 4'000'000'000U}) {
    CandidatePairs pairs;
    for (int at = 0; at < 20'000; ++at) pairs.push_back({random.below(articles), random.below(articles)});
    auto expected = pairs;
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    CandidatePairs scratch;
    sort_unique(pairs, scratch);
    ASSERT_EQ(pairs, expected);
  }
}

}  // namespace
}  // namespace wirecopy
