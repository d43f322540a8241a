#include "lsh/candidates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

#include "base/hash.hpp"
#include "reference/pairs.hpp"

namespace wirecopy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint64_t> ranks(std::size_t articles) {
  std::vector<std::uint64_t> result(articles);
  for (std::size_t at = 0; at < articles; ++at) result[at] = mix64(at);  // a bijection: unique
  return result;
}

struct Found {
  CandidatePairs pairs;  // sorted, unique
  CandidateCounts counts;

  [[nodiscard]] bool has(std::uint32_t a, std::uint32_t b) const {
    return std::binary_search(pairs.begin(), pairs.end(), CandidatePair{std::min(a, b), std::max(a, b)});
  }
};

Found find(BandRecords records, std::span<const std::uint64_t> rank, BucketLimits limits = {},
           const Refinement& refinement = {}) {
  Found found;
  BandRecords scratch;
  CandidatePairs pair_scratch;
  append_candidates(records, scratch, rank, limits, refinement, found.pairs, found.counts);
  sort_unique(found.pairs, pair_scratch);
  return found;
}

BandRecords one_bucket(std::uint32_t members) {
  BandRecords records;
  for (std::uint32_t article = 0; article < members; ++article) records.push_back({42, article});
  return records;
}

TEST(Candidates, EmptyInputGivesNoPairs) {
  const Found found = find({}, {});
  EXPECT_THAT(found.pairs, IsEmpty());
  EXPECT_EQ(found.counts.buckets, 0U);
}

TEST(Candidates, PairsOfSmallBuckets) {
  const auto rank = ranks(10);
  const Found found = find({{5, 3}, {9, 1}, {5, 0}, {7, 2}, {5, 9}, {9, 8}}, rank);
  EXPECT_THAT(found.pairs,
              ElementsAre(CandidatePair{0, 3}, CandidatePair{0, 9}, CandidatePair{1, 8}, CandidatePair{3, 9}));
  EXPECT_EQ(found.counts.records, 6U);
  EXPECT_EQ(found.counts.buckets, 2U);
  EXPECT_EQ(found.counts.largest_bucket, 3U);
  EXPECT_EQ(found.counts.capped_buckets, 0U);
  EXPECT_EQ(found.counts.pairs, 4U);
}

TEST(Candidates, AnArticleIsNeverPairedWithItself) {
  const auto rank = ranks(100);
  auto records = one_bucket(2);
  records.insert(records.end(), 3, {42, 1});
  EXPECT_THAT(find(records, rank).pairs, ElementsAre(CandidatePair{0, 1}));
  for (std::uint32_t article = 0; article < 100; ++article) records.push_back({42, article});
  for (const CandidatePair& pair : find(records, rank).pairs) EXPECT_LT(pair.first, pair.second);
}

TEST(Candidates, AllPairsUpToTheLimitAndCappedAboveIt) {
  const auto rank = ranks(100);
  const Found whole = find(one_bucket(32), rank);
  EXPECT_EQ(whole.pairs.size(), 32U * 31 / 2);
  EXPECT_EQ(whole.counts.capped_buckets, 0U);
  const Found capped = find(one_bucket(33), rank);
  EXPECT_LT(capped.pairs.size(), 33U * 9);
  EXPECT_EQ(capped.counts.capped_buckets, 1U);
  EXPECT_EQ(capped.counts.capped_articles, 33U);
}

TEST(Candidates, MembersOfAFloodArePairedWithItsRepresentatives) {
  const auto rank = ranks(500);
  const Found found = find(one_bucket(500), rank);
  std::vector<std::uint32_t> order(500);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return rank[a] < rank[b]; });
  for (std::uint32_t article = 0; article < 500; ++article) {
    for (std::size_t leader = 0; leader < 8; ++leader) {
      EXPECT_TRUE(article == order[leader] || found.has(order[leader], article));
    }
  }
  for (std::size_t at = 0; at + 1 < order.size(); ++at) EXPECT_TRUE(found.has(order[at], order[at + 1]));
}

// 3,000 stories of two copies each, all in one bucket because of shared content: only their words link the copies.
class FloodOfStories : public testing::Test {
 protected:
  static constexpr std::uint32_t kStories = 3000;
  static constexpr unsigned kLevels = 4;

  // The word of a level: that of the story with probability `similarity`, otherwise the article's own.
  static Refinement words(double similarity) {
    return {kLevels, [similarity](std::uint32_t article, unsigned level) {
              RandomStream random(mix64(article * 64ULL + level));
              return random.unit() < std::sqrt(similarity) ? mix64(article / 2 * 64ULL + level) : random();
            }};
  }
  static double share_found(const Found& found) {
    unsigned pairs = 0;
    for (std::uint32_t story = 0; story < kStories; ++story) pairs += found.has(2 * story, 2 * story + 1);
    return static_cast<double>(pairs) / kStories;
  }
};

TEST_F(FloodOfStories, RepresentativesAloneMissTheCopies) {
  EXPECT_LT(share_found(find(one_bucket(2 * kStories), ranks(2 * kStories))), 0.01);
}

// Each level agrees with probability J, independently: 1-(1-J)^levels of the copies.
TEST_F(FloodOfStories, FurtherContentFindsTheCopies) {
  for (const double similarity : {0.3, 0.5, 0.9}) {
    const Found found = find(one_bucket(2 * kStories), ranks(2 * kStories), {}, words(similarity));
    const double expected = 1 - std::pow(1 - similarity, kLevels);
    EXPECT_NEAR(share_found(found), expected, 4.5 * std::sqrt(expected * (1 - expected) / kStories));
  }
}

TEST_F(FloodOfStories, TheNextWordDecidesIfTheFirstIsShared) {
  Refinement refinement = words(1);
  const auto of_story = refinement.word;
  refinement.word = [of_story](std::uint32_t article, unsigned level) {
    return level < 2 ? 7 : of_story(article, level);
  };
  EXPECT_EQ(share_found(find(one_bucket(2 * kStories), ranks(2 * kStories), {}, refinement)), 1);
}

// Counts the work: pairs appended and words requested.
class Flood : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(WordsAlike, Flood, testing::Values(1, 20, 30, 1000, 100'000));

TEST_P(Flood, IsLinearWork) {
  constexpr std::uint32_t kMembers = 100'000;
  constexpr unsigned kLevels = 3;
  const BucketLimits limits;
  std::atomic<std::uint64_t> asked = 0;
  const Refinement refinement{kLevels, [&](std::uint32_t article, unsigned level) {
                                ++asked;
                                return mix64(mix64(article) % (kMembers / GetParam()) + level);
                              }};
  auto records = one_bucket(kMembers);
  BandRecords scratch;
  CandidatePairs pairs;
  CandidateCounts counts;
  append_candidates(records, scratch, ranks(kMembers), limits, refinement, pairs, counts);
  const std::uint64_t bound = 2 * (limits.representatives + 1) + kLevels * limits.all_pairs_up_to / 2;
  EXPECT_LE(counts.pairs, bound * kMembers);
  EXPECT_LE(asked.load(), std::uint64_t{kLevels} * kLevels * kMembers);
  EXPECT_EQ(counts.pairs, pairs.size());
  EXPECT_EQ(counts.largest_bucket, kMembers);
}

TEST(Candidates, AMillionMembersGiveNinePairsEach) {
  const Found found = find(one_bucket(1'000'000), ranks(1'000'000));
  EXPECT_LE(found.counts.pairs, 9'000'000U);
  EXPECT_EQ(found.counts.capped_articles, 1'000'000U);
}

TEST(Candidates, CountsAddUp) {
  CandidateCounts total{1, 2, 3, 4, 5, 6};
  total += {10, 20, 2, 40, 50, 60};
  EXPECT_EQ(total.records, 11U);
  EXPECT_EQ(total.buckets, 22U);
  EXPECT_EQ(total.largest_bucket, 3U);
  EXPECT_EQ(total.capped_buckets, 44U);
  EXPECT_EQ(total.capped_articles, 55U);
  EXPECT_EQ(total.pairs, 66U);
}

TEST(Candidates, AppendsToExistingPairs) {
  const auto rank = ranks(4);
  BandRecords records{{1, 0}, {1, 1}};
  BandRecords scratch;
  CandidatePairs pairs{{2, 3}};
  CandidateCounts counts;
  append_candidates(records, scratch, rank, {}, {}, pairs, counts);
  EXPECT_THAT(pairs, ElementsAre(CandidatePair{2, 3}, CandidatePair{0, 1}));
  EXPECT_EQ(counts.pairs, 1U);
}

TEST(SortUnique, SortsByFirstThenSecond) {
  CandidatePairs pairs{{2, 3}, {0, 9}, {2, 3}, {0, 1}, {4'000'000'000, 4'000'000'001}, {0, 9}};
  CandidatePairs scratch;
  sort_unique(pairs, scratch);
  EXPECT_THAT(pairs, ElementsAre(CandidatePair{0, 1}, CandidatePair{0, 9}, CandidatePair{2, 3},
                                 CandidatePair{4'000'000'000, 4'000'000'001}));
}

}  // namespace
}  // namespace wirecopy
