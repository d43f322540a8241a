#include "cluster/cohesion.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "reference/made_matcher.hpp"

namespace wirecopy {
namespace {

using test::count_up;
using test::MadeArticle;
using test::MadeMatcher;

/// The parts of one component, by ids; all pairs are matched beforehand, or only `given` of them.
struct Parts : MadeMatcher {
  explicit Parts(const std::vector<MadeArticle>& articles, std::size_t given = SIZE_MAX) : MadeMatcher(articles) {
    NodeCluster component;
    for (std::uint32_t a = 0; a < corpus.size(); ++a) {
      component.nodes.push_back(ArticleId{a});
      for (std::uint32_t b = a + 1; b < corpus.size(); ++b) {
        const auto match = MadeMatcher::compare(a, b);
        if (match && component.matches.size() < given) component.matches.push_back(*match);
      }
    }
    found = hold_together(corpus, component, CohesionRule{}, matcher, counts);
    for (const NodeCluster& part : found) {
      std::set<std::string> ids;
      for (const ArticleId node : part.nodes) ids.emplace(corpus.id(node));
      parts.insert(ids);
    }
  }

  CohesionCounts counts;
  std::vector<NodeCluster> found;
  std::set<std::set<std::string>> parts;
};

using Sets = std::set<std::set<std::string>>;

TEST(Cohesion, CopiesOfOneStoryStayWhole) {
  const Parts parts({{"a", "", count_up(0, 100)}, {"b", "", count_up(5, 100)}, {"c", "", count_up(0, 80)}});
  EXPECT_EQ(parts.parts, (Sets{{"a", "b", "c"}}));
  EXPECT_EQ(parts.counts.chains_cut, 0U);
  EXPECT_EQ(parts.found[0].cohesion, 1.0);
  EXPECT_EQ(parts.found[0].matches.size(), 3U);
}

TEST(Cohesion, AChainWhoseEndsShareNothingIsCut) {
  const Parts parts(
      {{"a", "", count_up(0, 100)}, {"b", "", count_up(40, 100) + count_up(200, 250)}, {"c", "", count_up(200, 300)}});
  EXPECT_EQ(parts.parts, (Sets{{"a", "b"}, {"c"}}));
  EXPECT_EQ(parts.counts.chains_cut, 1U);
}

TEST(Cohesion, ADigestMergesNoStories) {
  const Parts parts({{"a", "", count_up(0, 100)},
                     {"a'", "", count_up(0, 95)},
                     {"b", "", count_up(200, 300)},
                     {"b'", "", count_up(200, 295)},
                     {"digest", "", count_up(0, 100) + count_up(200, 300)}});
  for (const auto& part : parts.parts) EXPECT_FALSE(part.contains("a") && part.contains("b"));
  EXPECT_EQ(parts.parts.size(), 2U);
}

// The ends miss the threshold by a little, but share text.
TEST(Cohesion, CopiesThatWereCutDifferentlyStayTogether) {
  const Parts parts(
      {{"start", "", count_up(0, 100)}, {"middle", "", count_up(30, 130)}, {"end", "", count_up(60, 160)}});
  EXPECT_EQ(parts.parts, (Sets{{"start", "middle", "end"}}));
  EXPECT_NEAR(parts.found[0].cohesion, 2.0 / 3.0, 1e-9);
}

TEST(Cohesion, PairsThatNobodyLookedAtAreVerified) {
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 6; ++i) articles.push_back({std::to_string(i), "", count_up(0, 100 + i)});
  const Parts parts(articles, 5);  // those of the first article
  EXPECT_EQ(parts.parts.size(), 1U);
  EXPECT_GT(parts.counts.verified, 0U);
  EXPECT_GT(parts.found[0].matches.size(), 5U);
}

TEST(Cohesion, TwoNodesAreLeftAsTheyAre) {
  const Parts parts({{"a", "", count_up(0, 100)}, {"b", "", count_up(0, 90)}});
  EXPECT_EQ(parts.parts, (Sets{{"a", "b"}}));
  EXPECT_EQ(parts.counts.verified, 0U);
}

TEST(Cohesion, AHundredCopiesAreOneClusterAtABoundedCost) {
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 100; ++i) articles.push_back({std::to_string(i), "", count_up(i % 10, 100 + i)});
  const Parts parts(articles, 99);
  EXPECT_EQ(parts.parts.size(), 1U);
  EXPECT_LE(parts.counts.verified, 99U * CohesionRule{}.pairs);
}

// A block that one outlet publishes under three titles is not the news; what another outlet copies of one of them is.
TEST(Cohesion, AFamilyIsTakenApart) {
  const std::string block = count_up(1000, 1100);
  const Parts parts({{"a", "1 2 3", block + count_up(0, 40)},
                     {"b", "4 5 6", block + count_up(100, 140)},
                     {"c", "7 8 9", block + count_up(200, 240)},
                     {"copy of a", "1 2 4", count_up(0, 40), kNoDate, "other"}});
  EXPECT_EQ(parts.parts, (Sets{{"a", "copy of a"}, {"b"}, {"c"}}));
  const Parts untitled({{"a", "", count_up(0, 100)}, {"b", "", count_up(0, 99)}, {"c", "", count_up(0, 98)}});
  EXPECT_EQ(untitled.parts.size(), 1U);
}

}  // namespace
}  // namespace wirecopy
