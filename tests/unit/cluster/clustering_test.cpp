#include "cluster/clustering.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "cluster/cohesion.hpp"
#include "reference/made_matcher.hpp"

namespace wirecopy {
namespace {

using test::count_up;
using test::MadeArticle;
using test::MadeMatcher;

/// Compares all pairs of representatives, clusters and decides: phase two without candidates.
struct Resolved : MadeMatcher {
  explicit Resolved(const std::vector<MadeArticle>& articles, Options given = {})
      : MadeMatcher(articles, std::move(given)), preference(corpus, options), groups(corpus, options, preference) {
    for (std::uint32_t a = 0; a < corpus.size(); ++a) {
      for (std::uint32_t b = a + 1; b < corpus.size(); ++b) add_match(a, b);
    }
    CohesionCounts counts;
    const Components components(corpus, groups, matches);
    for (std::size_t i = 0; i < components.size(); ++i) {
      for (NodeCluster& part : hold_together(corpus, components[i], CohesionRule{}, matcher, counts)) {
        if (part.nodes.size() == 1 && groups.members(part.nodes[0]).size() == 1) continue;
        clusters.push_back(decide(part, groups, options, preference, matcher));
      }
    }
  }

  void add_match(std::uint32_t a, std::uint32_t b) {
    for (const ArticleId article : {ArticleId{a}, ArticleId{b}}) {
      if (!groups.is_representative(article) || !is_comparable(corpus.record(article), options)) return;
    }
    if (const auto match = MadeMatcher::compare(a, b)) matches.push_back(*match);
  }

  const Decision& decision(const std::string& id) const {
    for (const auto& cluster : clusters) {
      for (const Decision& decision : cluster) {
        if (corpus.id(decision.article) == id) return decision;
      }
    }
    throw std::out_of_range(id);
  }

  Preference preference;
  EqualGroups groups;
  std::vector<ArticleMatch> matches;
  std::vector<std::vector<Decision>> clusters;
};

TEST(Clustering, LeavesUnrelatedArticlesAlone) {
  const Resolved resolved({{"a", "", count_up(0, 50)}, {"b", "", count_up(100, 150)}});
  EXPECT_TRUE(resolved.clusters.empty());
}

TEST(Clustering, RemovesACopyForTheFullerOne) {
  const Resolved resolved({{"short", "", count_up(0, 70)}, {"long", "", count_up(0, 100)}});
  ASSERT_EQ(resolved.clusters.size(), 1U);
  EXPECT_TRUE(resolved.decision("long").kept);
  const Decision& removed = resolved.decision("short");
  EXPECT_FALSE(removed.kept);
  EXPECT_EQ(resolved.corpus.id(removed.match), "long");
  EXPECT_EQ(removed.relation, Relation::excerpt);
  EXPECT_EQ(removed.similarity.shared, 68U);
  EXPECT_EQ(removed.similarity.first, 68U);
  EXPECT_EQ(removed.similarity.second, 98U);
}

TEST(Clustering, EqualArticlesAreExactAndTheEarliestIsKept) {
  const Resolved resolved(
      {{"late", "1", count_up(0, 30), 200}, {"early", "1", count_up(0, 30), 100}, {"undated", "1", count_up(0, 30)}});
  ASSERT_EQ(resolved.clusters.size(), 1U);
  EXPECT_TRUE(resolved.decision("early").kept);
  for (const char* id : {"late", "undated"}) {
    EXPECT_FALSE(resolved.decision(id).kept);
    EXPECT_EQ(resolved.decision(id).relation, Relation::exact);
    EXPECT_EQ(resolved.decision(id).similarity.jaccard(), 1.0);
  }
}

TEST(Clustering, EmptyAndOneWordArticlesAreNeverDuplicates) {
  const Resolved resolved({{"a", "1 2 3", ""}, {"b", "1 2 3", ""}, {"c", "", "7"}, {"d", "", "7"}});
  EXPECT_TRUE(resolved.clusters.empty());
}

TEST(Clustering, EqualShortTextsUnderOtherTitlesAreNoCopies) {
  const Resolved resolved({{"a", count_up(10, 20), "1 2 3 4 5"}, {"b", count_up(30, 40), "1 2 3 4 5"}});
  EXPECT_TRUE(resolved.clusters.empty());
}

TEST(Clustering, EqualLongTextsUnderOtherTitlesAreCopies) {
  const Resolved resolved({{"a", count_up(1000, 1010), count_up(0, 60)}, {"b", count_up(2000, 2010), count_up(0, 60)}});
  ASSERT_EQ(resolved.clusters.size(), 1U);
  EXPECT_EQ(resolved.clusters[0].size(), 2U);
}

// A - B - C, where A and C share too little for a match: one cluster, but nobody is removed for someone it does not
// match, or who is removed.
TEST(Clustering, AMemberThatMatchesNoKeptArticleIsKept) {
  const Resolved resolved({{"a", "", count_up(0, 102)}, {"b", "", count_up(30, 131)}, {"c", "", count_up(60, 160)}});
  ASSERT_EQ(resolved.clusters.size(), 1U);
  EXPECT_TRUE(resolved.decision("a").kept);
  EXPECT_FALSE(resolved.decision("b").kept);
  EXPECT_EQ(resolved.corpus.id(resolved.decision("b").match), "a");
  EXPECT_TRUE(resolved.decision("c").kept);
}

TEST(Clustering, AMemberWithMuchTextOfItsOwnIsKept) {
  const Resolved resolved({{"full", "", count_up(0, 200)}, {"own", "", count_up(0, 100) + count_up(500, 550)}});
  ASSERT_EQ(resolved.clusters.size(), 1U);
  EXPECT_TRUE(resolved.decision("own").kept);
  EXPECT_EQ(resolved.corpus.id(resolved.decision("own").match), "full");
}

TEST(Clustering, DropNamesTheRelationsThatAreRemoved) {
  const std::vector<MadeArticle> articles{
      {"full", "", count_up(0, 200)}, {"cut", "", count_up(0, 100)}, {"same", "", count_up(0, 200)}};
  Options options;
  options.drop = RelationSet{Relation::exact};
  const Resolved exact(articles, options);
  EXPECT_TRUE(exact.decision("cut").kept);
  EXPECT_FALSE(exact.decision("same").kept);
  options.drop = RelationSet{Relation::excerpt};
  const Resolved excerpt(articles, options);
  EXPECT_FALSE(excerpt.decision("cut").kept);
  EXPECT_TRUE(excerpt.decision("same").kept);
}

TEST(Clustering, EveryRemovedArticleHasAVerifiedMatchToAKeptOne) {
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 30; ++i) articles.push_back({std::to_string(i), "", count_up(i * 12, i * 12 + 90 + i % 7)});
  const Resolved resolved(articles);
  int removed = 0;
  for (const auto& cluster : resolved.clusters) {
    for (const Decision& decision : cluster) {
      if (decision.kept) continue;
      ++removed;
      EXPECT_TRUE(resolved.decision(std::string(resolved.corpus.id(decision.match))).kept);
      EXPECT_GE(decision.similarity.containment(), 1 - kMaxOwnText);
    }
  }
  EXPECT_GT(removed, 5);
}

TEST(Clustering, KeepFollowsThePreference) {
  const std::vector<MadeArticle> articles{{"late", "", count_up(0, 100), 300, "x"},
                                          {"early", "", count_up(0, 90), 100, "y"}};
  Options options;
  options.keep = Keep::earliest;
  EXPECT_TRUE(Resolved(articles, options).decision("early").kept);
  options.keep = Keep::first;
  EXPECT_TRUE(Resolved(articles, options).decision("late").kept);
  options.keep = Keep::source_order;
  options.preferred_sources = {"y"};
  EXPECT_TRUE(Resolved(articles, options).decision("early").kept);
}

TEST(Clustering, TheIdDependsOnTheMembersOnly) {
  std::vector<MadeArticle> articles{
      {"a", "", count_up(0, 100)}, {"b", "", count_up(0, 90)}, {"c", "", count_up(0, 95)}};
  const Resolved forward(articles);
  std::reverse(articles.begin(), articles.end());
  articles.push_back({"stranger", "", count_up(500, 600)});
  const Resolved backward(articles);
  EXPECT_EQ(cluster_identity(forward.corpus, forward.clusters.at(0)),
            cluster_identity(backward.corpus, backward.clusters.at(0)));
}

}  // namespace
}  // namespace wirecopy
