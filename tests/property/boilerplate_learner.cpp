// Boilerplate is learned from what articles hold, whatever their order; never from one story alone.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "boilerplate/learner.hpp"
#include "reference/made_outlet.hpp"

namespace wirecopy {
namespace {

using test::all_articles;
using test::made_corpus;
using test::made_outlet;

std::vector<std::uint64_t> learn(const std::vector<test::MadeArticle>& articles) {
  const Corpus corpus = made_corpus(articles);
  return BoilerplateLearner(corpus, 3, BoilerplateRule{}).learn(all_articles(corpus));
}

std::vector<test::MadeArticle> any_outlet() {
  RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
  return made_outlet(random, *rc::gen::inRange<std::size_t>(0, 60));
}

TEST(BoilerplateLearner, OrderPlaysNoPart) {
  EXPECT_TRUE(rc::check([] {
    std::vector<test::MadeArticle> articles = any_outlet();
    const auto expected = learn(articles);
    std::reverse(articles.begin(), articles.end());
    RC_ASSERT(learn(articles) == expected);
    std::rotate(articles.begin(), articles.begin() + static_cast<std::ptrdiff_t>(articles.size() / 3), articles.end());
    RC_ASSERT(learn(articles) == expected);
  }));
}

TEST(BoilerplateLearner, WhatIsLearntStandsInManyArticles) {
  EXPECT_TRUE(rc::check([] {
    const Corpus corpus = made_corpus(any_outlet());
    const std::vector<ArticleId> articles = all_articles(corpus);
    const BoilerplateRule rule;
    for (const std::uint64_t learned : BoilerplateLearner(corpus, 3, rule).learn(articles)) {
      const auto holds = [&](ArticleId article) {
        const auto sample = corpus.sample(article);
        return std::find(sample.begin(), sample.end(), learned) != sample.end();
      };
      RC_ASSERT(std::count_if(articles.begin(), articles.end(), holds) >=
                std::min(rule.least_stories, rule.least_stories_of_small));
    }
  }));
}

TEST(BoilerplateLearner, AStoryAloneIsNeverBoilerplate) {
  EXPECT_TRUE(rc::check([] {
    test::FreshNumbers fresh;
    const std::string story = fresh(*rc::gen::inRange<std::size_t>(30, 200)), title = fresh(6);
    std::vector<test::MadeArticle> articles;
    const auto versions = *rc::gen::inRange<std::size_t>(1, 10);
    for (std::size_t i = 0; i < versions; ++i) articles.push_back({std::to_string(i), title, story + fresh(i)});
    const auto others = *rc::gen::inRange<std::size_t>(0, 30);
    for (std::size_t i = 0; i < others; ++i) articles.push_back({"other", fresh(6), fresh(60)});
    RC_ASSERT(learn(articles).empty());
  }));
}

}  // namespace
}  // namespace wirecopy
