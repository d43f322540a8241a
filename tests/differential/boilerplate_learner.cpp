// The learner against maps, sets and all pairs, where every shingle is sampled.
#include "reference/boilerplate_learner.hpp"

#include <gtest/gtest.h>

#include "reference/made_outlet.hpp"

namespace wirecopy {
namespace {

TEST(BoilerplateLearner, LearnsWhatMapsLearn) {
  std::size_t learned = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    RandomStream random(seed);
    const Corpus corpus = test::made_corpus(test::made_outlet(random, random.below(45)));
    const std::vector<ArticleId> articles = test::all_articles(corpus);
    const BoilerplateRule rule;
    const auto expected = reference::BoilerplateLearner(corpus, 3, rule).learn(articles);
    ASSERT_EQ(BoilerplateLearner(corpus, 3, rule).learn(articles), expected) << seed;
    learned += expected.size();
  }
  EXPECT_GT(learned, 1000U);
}

}  // namespace
}  // namespace wirecopy
