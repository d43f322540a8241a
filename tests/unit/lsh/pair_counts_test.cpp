#include "lsh/pair_counts.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory_resource>
#include <span>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

using Counts = std::map<CandidatePair, std::uint32_t>;

/// The proposals of several threads.
struct Proposers {
  Proposers(std::size_t articles, std::size_t threads) : ranges(articles), counter(ranges) {
    for (std::size_t i = 0; i < threads; ++i) {
      pools.emplace_back(std::pmr::new_delete_resource(), 256, 4096);
      proposed.emplace_back(ranges);
    }
  }

  void add(std::size_t thread, const std::vector<CandidatePair>& pairs) { proposed[thread].add(pairs, pools[thread]); }

  [[nodiscard]] std::size_t held() const {
    std::size_t items = 0;
    for (const ProposedPairs& each : proposed) {
      for (std::size_t range = 0; range < ranges.size(); ++range) items += each.spread().size(range);
    }
    return items;
  }

  /// All pairs in the order of the result, and how often each was proposed.
  std::vector<CandidatePair> count(Counts& counts) {
    std::vector<const Spread<Proposal>*> spreads;
    for (const ProposedPairs& each : proposed) spreads.push_back(&each.spread());
    std::vector<CandidatePair> all;
    for (std::size_t range = 0; range < ranges.size(); ++range) {
      const auto some = pairs_with(counter, spreads, range, [&](const CandidatePair& pair, std::uint32_t times) {
        counts[pair] += times;
        return true;
      });
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }

  ArticleRanges ranges;
  PairCounter counter;
  std::deque<PiecePool> pools;
  std::deque<ProposedPairs> proposed;
};

TEST(ArticleRanges, CoverAllArticlesOnce) {
  for (const std::size_t articles : {1UL, 63UL, 64UL, 65UL, 22'081UL, 400'000UL, 10'000'000UL, 4'000'000'000UL}) {
    const ArticleRanges ranges(articles);
    EXPECT_LE(ranges.width(), 65'536U);
    EXPECT_EQ(ranges.range_of(static_cast<std::uint32_t>(articles - 1)), ranges.size() - 1) << articles;
    for (const std::size_t range : {std::size_t{0}, ranges.size() - 1}) {
      EXPECT_EQ(ranges.range_of(ranges.first_of(range)), range);
    }
    EXPECT_EQ(ranges.range_of(static_cast<std::uint32_t>(ranges.width() - 1)), 0U);
  }
  EXPECT_EQ(ArticleRanges(0).size(), 0U);
}

TEST(PairCounter, CountsLikeAMapHoweverPairsAreSplit) {
  RandomStream random(4);
  for (const std::uint32_t articles : {2U, 40U, 300U, 100'000U}) {
    Counts expected, counts;
    Proposers proposers(articles, 3);
    for (int partition = 0; partition < 60; ++partition) {
      std::vector<CandidatePair> pairs;
      for (std::uint32_t i = random.below(500); i > 0; --i) {
        const std::uint32_t a = random.below(std::min(articles, 60U)), b = articles - 1 - random.below(60) % articles;
        if (a == b) continue;
        pairs.push_back({std::min(a, b), std::max(a, b)});
        ++expected[pairs.back()];
      }
      proposers.add(random.below(3), pairs);
    }
    const std::vector<CandidatePair> pairs = proposers.count(counts);
    EXPECT_EQ(counts, expected);
    EXPECT_EQ(pairs.size(), expected.size());
    for (std::size_t i = 1; i < pairs.size(); ++i) EXPECT_LT(pairs[i - 1], pairs[i]);
  }
}

TEST(PairCounter, OmitsPairsWithTooFewProposals) {
  Proposers proposers(10, 1);
  proposers.add(0, {{1, 2}, {1, 3}, {1, 2}, {4, 9}});
  const Spread<Proposal>* const spread = &proposers.proposed[0].spread();
  const auto enough = [](const CandidatePair&, std::uint32_t times) { return times >= 2; };
  EXPECT_EQ(pairs_with(proposers.counter, {&spread, 1}, 0, enough), (CandidatePairs{{1, 2}}));
}

TEST(PairCounter, EmptyInputGivesNoPairs) {
  Counts counts;
  EXPECT_TRUE(Proposers(100, 2).count(counts).empty());
  EXPECT_TRUE(Proposers(0, 2).count(counts).empty());
}

// Repeated proposals are counted once there are many, so that they are not kept; including more than 65,535 of one
// pair.
TEST(ProposedPairs, CountAFloodOfProposals) {
  Proposers proposers(2000, 1);
  constexpr std::uint32_t kRounds = 8, kPairs = 1U << 20;
  for (std::uint32_t round = 0; round < kRounds; ++round) {
    std::vector<CandidatePair> pairs;
    for (std::uint32_t i = 0; i < kPairs; ++i) pairs.push_back({i % 1000, 1000 + i % 7});
    for (std::uint32_t i = 0; i < 20'000; ++i) pairs.push_back({0, 1999});
    proposers.add(0, pairs);
    EXPECT_LT(proposers.held(), std::uint64_t{kPairs} + 20'000);
  }
  Counts counts;
  EXPECT_EQ(proposers.count(counts).size(), 7001U);
  std::uint64_t times = 0;
  for (const auto& [pair, each] : counts) times += each;
  EXPECT_EQ(times, std::uint64_t{kRounds} * (kPairs + 20'000));
  EXPECT_EQ((counts[{0, 1999}]), kRounds * 20'000);
}

}  // namespace
}  // namespace wirecopy
