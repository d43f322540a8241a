// Laws of comparison: what the first is to the second is reversed where they change places; scores are shares.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "reference/made_matcher.hpp"
#include "reference/made_outlet.hpp"

namespace wirecopy {
namespace {

using test::MadeArticle;
using test::MadeMatcher;

/// Two articles of one or two sources that share stretches, and what the sources repeat.
struct AnyPair {
  AnyPair() : random(*rc::gen::arbitrary<std::uint64_t>()) {
    test::FreshNumbers fresh;
    const std::string footer = fresh(5 + random.below(30)), story = fresh(random.below(150));
    for (int i = 0; i < 2; ++i) {
      std::string text;
      if (random.below(3) > 0) text += fresh(random.below(40));
      if (random.below(4) > 0) text += story;
      if (random.below(3) > 0) text += fresh(random.below(60));
      if (random.below(2) > 0) text += footer;
      const std::string source = random.below(2) > 0 ? "x" : "y";
      articles.push_back({std::to_string(i), fresh(random.below(8)), text, kNoDate, source});
      if (random.below(2) > 0) boilerplate[source] = footer;
    }
  }

  RandomStream random;
  std::vector<MadeArticle> articles;
  std::map<std::string, std::string> boilerplate;
};

TEST(Matcher, IsSymmetric) {
  EXPECT_TRUE(rc::check([] {
    const AnyPair pair;
    MadeMatcher made(pair.articles, {}, pair.boilerplate);
    const auto forward = made.compare(0, 1), backward = made.compare(1, 0);
    RC_ASSERT(forward.has_value() == backward.has_value());
    if (!forward) return;
    const Similarity a = forward->similarity, b = reversed(backward->similarity);
    RC_ASSERT(forward->relation == reversed(backward->relation));
    RC_ASSERT(a.shared == b.shared && a.first == b.first && a.second == b.second);
    RC_ASSERT(a.covered_first == b.covered_first && a.covered_second == b.covered_second);
    RC_ASSERT(a.raw_shared == b.raw_shared && a.raw_first == b.raw_first && a.raw_second == b.raw_second);
  }));
}

TEST(Matcher, ScoresAreShares) {
  EXPECT_TRUE(rc::check([] {
    const AnyPair pair;
    MadeMatcher made(pair.articles, {}, pair.boilerplate);
    const Similarity s = made.measure(0, 1);
    RC_ASSERT(s.covered_first <= s.tokens_first && s.covered_second <= s.tokens_second);
    RC_ASSERT(s.shared <= std::min(s.first, s.second) && s.raw_shared <= std::min(s.raw_first, s.raw_second));
    RC_ASSERT(s.first <= s.raw_first && s.second <= s.raw_second && s.shared <= s.raw_shared);
    RC_ASSERT(s.jaccard() <= 1 && s.raw_jaccard() <= 1);
  }));
}

TEST(Matcher, AMatchReachesTheThresholdOrIsShort) {
  EXPECT_TRUE(rc::check([] {
    const AnyPair pair;
    MadeMatcher made(pair.articles, {}, pair.boilerplate);
    const auto match = made.compare(0, 1);
    if (!match || match->relation == Relation::exact) return;
    const bool is_short = std::min(match->similarity.tokens_first, match->similarity.tokens_second) < 60;
    RC_ASSERT(is_short || match->similarity.agreement() >= made.options.threshold);
  }));
}

TEST(Matcher, WithoutBoilerplateAllTextIsEditorial) {
  EXPECT_TRUE(rc::check([] {
    const AnyPair pair;
    MadeMatcher made(pair.articles);
    const Similarity s = made.measure(0, 1);
    RC_ASSERT(s.shared == s.raw_shared && s.first == s.raw_first && s.second == s.raw_second);
  }));
}

}  // namespace
}  // namespace wirecopy
