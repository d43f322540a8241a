// The measures from the contingency table against a look at every pair.
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "evaluate/agreement.hpp"
#include "reference/agreement.hpp"

namespace wirecopy::evaluate {
namespace {

reference::Groups random_groups(RandomStream& random, std::size_t articles, std::uint32_t groups, double alone) {
  reference::Groups made;
  for (std::size_t i = 0; i < articles; ++i) {
    made.push_back(random.unit() < alone ? -1 : static_cast<int>(random.below(groups)));
  }
  return made;
}

/// Groups that follow others, but for one article in `one_in`.
reference::Groups disturbed(RandomStream& random, reference::Groups groups, std::uint32_t one_in) {
  for (int& group : groups) {
    if (random.below(one_in) == 0) group = static_cast<int>(random.below(10)) - 1;
  }
  return groups;
}

std::vector<std::uint32_t> labels(const reference::Groups& groups) {
  std::vector<std::uint32_t> made;
  for (const int group : groups) {
    made.push_back(group >= 0 ? static_cast<std::uint32_t>(group) : made.size() % 2 == 0 ? kAlone : kUnnamed);
  }
  return made;
}

void expect_same(const reference::Groups& clusters, const reference::Groups& stories, std::size_t limit) {
  const Contingency table(labels(clusters), limit, labels(stories), limit);
  const reference::PairTable naive = reference::count_pairs(clusters, stories);
  const PairCounts pairs = count_pairs(table);
  EXPECT_EQ(pairs.right, naive.both);
  EXPECT_EQ(pairs.found, naive.both + naive.found_only);
  EXPECT_EQ(pairs.expected, naive.both + naive.wanted_only);
  EXPECT_EQ(pairs.all, naive.both + naive.found_only + naive.wanted_only + naive.neither);
  EXPECT_NEAR(pairs.adjusted_rand(), reference::adjusted_rand(naive), 1e-9);
  const reference::Shares shares = reference::b_cubed(clusters, stories);
  EXPECT_NEAR(b_cubed(table).precision, shares.precision, 1e-9);
  EXPECT_NEAR(b_cubed(table).recall, shares.recall, 1e-9);
  for (std::size_t a = 0; a < clusters.size(); ++a) {
    std::uint32_t common = 0;
    for (std::size_t b = 0; b < clusters.size(); ++b) {
      common += reference::together(clusters, a, b) && reference::together(stories, a, b);
    }
    ASSERT_EQ(table.in_common(a), common);
  }
}

TEST(Agreement, OfUnrelatedGroupingsIsThatOfAllPairs) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomStream random(mix64(seed));
    const std::size_t articles = 1 + random.below(120);
    const std::uint32_t groups = 1 + random.below(40);
    expect_same(random_groups(random, articles, groups, 0.3), random_groups(random, articles, groups, 0.5), groups);
  }
}

TEST(Agreement, OfNearlyEqualGroupingsIsThatOfAllPairs) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomStream random(mix64(seed + 1000));
    const reference::Groups stories = random_groups(random, 1 + random.below(120), 30, 0.4);
    expect_same(disturbed(random, stories, 1 + random.below(20)), stories, 40);
  }
}

TEST(Agreement, OfNothingAndOfOneArticleIsFull) {
  expect_same({-1}, {-1}, 1);
  expect_same({0, 0, 0}, {0, 0, 0}, 1);
  expect_same({-1, -1}, {-1, -1}, 0);
  const Contingency nothing({}, 0, {}, 0);
  EXPECT_EQ(b_cubed(nothing).f1(), 1);
  EXPECT_EQ(count_pairs(nothing).score().f1(), 1);
  EXPECT_EQ(count_pairs(nothing).adjusted_rand(), 1);
}

}  // namespace
}  // namespace wirecopy::evaluate
