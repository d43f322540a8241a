// Laws of clusters that hold together, on feeds of overlapping stretches.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "cluster/cohesion.hpp"
#include "reference/made_matcher.hpp"

namespace wirecopy {
namespace {

using test::count_up;
using test::MadeArticle;
using test::MadeMatcher;

/// Stretches of a few stories; some articles carry stretches of two.
std::vector<MadeArticle> any_articles() {
  RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
  const auto count = *rc::gen::inRange<std::size_t>(1, 40);
  const auto stretch = [&] {
    const int begin = 1000 * static_cast<int>(random.below(3)) + static_cast<int>(random.below(150));
    return count_up(begin, begin + 40 + static_cast<int>(random.below(120)));
  };
  std::vector<MadeArticle> articles;
  for (std::size_t i = 0; i < count; ++i) {
    articles.push_back({std::to_string(i), "", stretch() + (random.below(4) == 0 ? stretch() : "")});
  }
  return articles;
}

struct HeldTogether : MadeMatcher {
  explicit HeldTogether(const std::vector<MadeArticle>& articles) : MadeMatcher(articles) {
    const Preference preference(corpus, options);
    const EqualGroups groups(corpus, options, preference);
    std::vector<ArticleMatch> matches;
    for (std::uint32_t a = 0; a < corpus.size(); ++a) {
      for (std::uint32_t b = a + 1; b < corpus.size(); ++b) {
        if (!groups.is_representative(ArticleId{a}) || !groups.is_representative(ArticleId{b})) continue;
        if (const auto match = MadeMatcher::compare(a, b)) matches.push_back(*match);
      }
    }
    const Components connected(corpus, groups, matches);
    for (std::size_t i = 0; i < connected.size(); ++i) {
      components.push_back(connected[i]);
      for (NodeCluster& part : hold_together(corpus, connected[i], CohesionRule{}, matcher, counts)) {
        parts.push_back(std::move(part));
      }
    }
  }

  std::set<std::set<std::string>> contents() const {
    std::set<std::set<std::string>> contents;
    for (const NodeCluster& part : parts) {
      std::set<std::string> ids;
      for (const ArticleId node : part.nodes) ids.insert(std::to_string(corpus.record(node).content.low));
      contents.insert(ids);
    }
    return contents;
  }

  CohesionCounts counts;
  std::vector<NodeCluster> components, parts;
};

TEST(Cohesion, PartsAreAPartition) {
  EXPECT_TRUE(rc::check([] {
    const HeldTogether held(any_articles());
    std::vector<ArticleId> before, after;
    for (const NodeCluster& each : held.components) before.insert(before.end(), each.nodes.begin(), each.nodes.end());
    for (const NodeCluster& each : held.parts) after.insert(after.end(), each.nodes.begin(), each.nodes.end());
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    RC_ASSERT(before == after);
  }));
}

TEST(Cohesion, EveryMemberMatchesAnotherOfItsPart) {
  EXPECT_TRUE(rc::check([] {
    const HeldTogether held(any_articles());
    for (const NodeCluster& part : held.parts) {
      std::set<ArticleId> matched;
      const std::set<ArticleId> nodes(part.nodes.begin(), part.nodes.end());
      for (const ArticleMatch& match : part.matches) {
        RC_ASSERT(nodes.contains(match.first) && nodes.contains(match.second));
        matched.insert(match.first);
        matched.insert(match.second);
      }
      RC_ASSERT(part.nodes.size() == 1 || matched.size() == part.nodes.size());
      RC_ASSERT(part.cohesion >= 0 && part.cohesion <= 1);
    }
  }));
}

// A part of three has two members joined by a match, and a third that both of them share text with.
TEST(Cohesion, InAPartOfThreeAllShareText) {
  EXPECT_TRUE(rc::check([] {
    HeldTogether held(any_articles());
    for (const NodeCluster& part : held.parts) {
      if (part.nodes.size() != 3) continue;
      for (const ArticleId a : part.nodes) {
        for (const ArticleId b : part.nodes) RC_ASSERT(a == b || held.measure(number(a), number(b)).shared > 0);
      }
    }
  }));
}

TEST(Cohesion, TheOrderOfTheFeedPlaysNoPart) {
  EXPECT_TRUE(rc::check([] {
    std::vector<MadeArticle> articles = any_articles();
    const auto expected = HeldTogether(articles).contents();
    std::reverse(articles.begin(), articles.end());
    RC_ASSERT(HeldTogether(articles).contents() == expected);
    std::rotate(articles.begin(), articles.begin() + static_cast<std::ptrdiff_t>(articles.size() / 3), articles.end());
    RC_ASSERT(HeldTogether(articles).contents() == expected);
  }));
}

}  // namespace
}  // namespace wirecopy
