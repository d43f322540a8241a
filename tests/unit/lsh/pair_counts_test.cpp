#include "lsh/pair_counts.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory_resource>
#include <span>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

using Counts = std::map<CandidatePair, std::uint32_t>;

Counts counts_of(std::span<const CountedPair> pairs) {
  Counts counts;
  for (const CountedPair& each : pairs) counts[each.pair] = each.hits;
  return counts;
}

CandidatePair any_pair(RandomStream& random, std::uint32_t articles) {
  const std::uint32_t first = random.below(articles);
  return {first, first + 1 + random.below(articles)};
}

TEST(PairCounter, CountsLikeAMapHoweverPairsAreSplit) {
  RandomStream random(4);
  Counts expected;
  std::vector<PairCounter> counters(3);
  for (int partition = 0; partition < 60; ++partition) {
    PairCounter& counter = counters[random.below(3)];
    for (std::uint32_t i = random.below(500); i > 0; --i) {
      const CandidatePair pair = any_pair(random, 40);
      counter.fresh().push_back(pair);
      ++expected[pair];
    }
    counter.settle();
  }
  PairCounter all;
  for (PairCounter& counter : counters) all.merge(std::move(counter));
  const std::pmr::vector<CountedPair> pairs = all.take();
  EXPECT_EQ(counts_of(pairs), expected);
  EXPECT_EQ(pairs.size(), expected.size());
  for (std::size_t i = 1; i < pairs.size(); ++i) EXPECT_LT(pairs[i - 1].pair, pairs[i].pair);
}

TEST(PairCounter, NothingGivesNothing) {
  PairCounter none, other;
  none.settle();
  none.merge(std::move(other));
  EXPECT_TRUE(none.take().empty());
}

// What repeats is counted once there is much of it, so that it is not kept.
TEST(PairCounter, SettlesAFloodOfThePairs) {
  PairCounter counter;
  constexpr std::uint32_t kRounds = 3, kPairs = 1U << 22;
  for (std::uint32_t round = 0; round < kRounds; ++round) {
    for (std::uint32_t i = 0; i < kPairs; ++i) counter.fresh().push_back({i % 1000, 1000 + i % 7});
    counter.settle();
    EXPECT_TRUE(counter.fresh().empty());
  }
  std::uint64_t hits = 0;
  const std::pmr::vector<CountedPair> pairs = counter.take();
  for (const CountedPair& each : pairs) hits += each.hits;
  EXPECT_EQ(pairs.size(), 7000U);
  EXPECT_EQ(hits, std::uint64_t{kRounds} * kPairs);
}

}  // namespace
}  // namespace wirecopy
