#include "boilerplate/shared_boilerplate_learner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "reference/made_outlet.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

using test::all_articles;
using test::FreshNumbers;
using test::made_corpus;
using test::MadeArticle;

constexpr double kRate = 4.7;

std::string named(std::string name, std::uint64_t number) { return name += std::to_string(number); }

std::vector<std::uint64_t> learn(const std::vector<MadeArticle>& articles) {
  const Corpus corpus = made_corpus(articles, kRate);
  const SharedBoilerplateRule rule;
  return SharedBoilerplateLearner(corpus, 3, rule).learn(choose_shared_sample(corpus, rule, all_articles(corpus)));
}

/// Share of a text's shingles that were learned.
double learned_share(const std::vector<std::uint64_t>& learned, const std::string& numbers) {
  std::vector<std::uint64_t> shingles;
  shingle(test::made_tokens(numbers), 3, shingles);
  const auto is_learned = [&](std::uint64_t each) { return std::binary_search(learned.begin(), learned.end(), each); };
  return static_cast<double>(std::count_if(shingles.begin(), shingles.end(), is_learned)) /
         static_cast<double>(shingles.size());
}

/// Articles about nothing in common, `sources` outlets taking turns, that all hold `passage` somewhere.
std::vector<MadeArticle> unrelated(FreshNumbers& fresh, RandomStream& random, const std::string& passage, int count,
                                   int sources, std::size_t most_words) {
  std::vector<MadeArticle> articles;
  for (int i = 0; i < count; ++i) {
    const std::size_t length = 50 + random.below(static_cast<std::uint32_t>(most_words - 49));
    const std::size_t before = random.below(static_cast<std::uint32_t>(length));
    const std::string first = fresh(before), second = fresh(length - before);
    articles.push_back({std::to_string(i), fresh(6), first + passage + second, kNoDate, std::to_string(i % sources)});
  }
  return articles;
}

struct SharedPassage {
  int articles;
  int sources;
  std::size_t words;
};

class SharedBoilerplate : public testing::TestWithParam<SharedPassage> {};

TEST_P(SharedBoilerplate, OfUnrelatedStoriesAreLearntAndNothingElse) {
  FreshNumbers fresh;
  RandomStream random(3);
  const std::string passage = fresh(GetParam().words);
  const auto learned = learn(unrelated(fresh, random, passage, GetParam().articles, GetParam().sources, 600));
  EXPECT_EQ(learned_share(learned, passage), 1.0);
  EXPECT_EQ(learned.size(), GetParam().words - 2);
}

INSTANTIATE_TEST_SUITE_P(OfAllSizes, SharedBoilerplate,
                         testing::Values(SharedPassage{8, 8, 30}, SharedPassage{40, 5, 30},
                                         SharedPassage{1000, 1000, 20}, SharedPassage{1000, 1000, 80},
                                         SharedPassage{20000, 5000, 40}));

TEST(SharedBoilerplateLearner, LearnsADisclaimerThatIsHalfOfShortPages) {
  FreshNumbers fresh;
  RandomStream random(3);
  const std::string disclaimer = fresh(50);
  EXPECT_EQ(learned_share(learn(unrelated(fresh, random, disclaimer, 1000, 1000, 60)), disclaimer), 1.0);
}

TEST(SharedBoilerplateLearner, LearnsNothingFromFewStories) {
  FreshNumbers fresh;
  RandomStream random(3);
  EXPECT_TRUE(learn(unrelated(fresh, random, fresh(40), 7, 7, 600)).empty());
}

TEST(SharedBoilerplateLearner, LeavesToASourceWhatFewSourcesRepeat) {
  FreshNumbers fresh;
  RandomStream random(3);
  EXPECT_TRUE(learn(unrelated(fresh, random, fresh(40), 200, 4, 600)).empty());
}

TEST(SharedBoilerplateLearner, ArticlesWithoutASourceStandForThemselves) {
  FreshNumbers fresh;
  RandomStream random(3);
  const std::string footer = fresh(40);
  std::vector<MadeArticle> articles = unrelated(fresh, random, footer, 100, 1, 600);
  for (MadeArticle& article : articles) article.source.clear();
  EXPECT_EQ(learned_share(learn(articles), footer), 1.0);
}

/// A story in so many outlets, under headlines of their own, cut to a part of it and wrapped in text of their own.
struct Story {
  int outlets;
  std::size_t least_cut;
  std::size_t wrapping;
};

class Stories : public testing::TestWithParam<Story> {
 protected:
  std::vector<MadeArticle> copies(const std::string& disclaimer) {
    std::vector<MadeArticle> articles;
    const int from = 1000;
    for (int i = 0; i < GetParam().outlets; ++i) {
      const std::size_t words =
          GetParam().least_cut + random_.below(static_cast<std::uint32_t>(401 - GetParam().least_cut));
      articles.push_back(
          {named("copy", std::uint64_t(i)), fresh_(6),
           fresh_(GetParam().wrapping) + test::count_up(from, from + static_cast<int>(words)) + disclaimer, kNoDate,
           named("outlet", std::uint64_t(i))});
    }
    return articles;
  }

  FreshNumbers fresh_;
  RandomStream random_{5};
  std::string story_ = test::count_up(1000, 1400);
};

TEST_P(Stories, KeepTheirShingles) { EXPECT_EQ(learned_share(learn(copies("")), story_), 0.0); }

TEST_P(Stories, KeepTheirShinglesBesideADisclaimerThatIsLearnt) {
  const std::string disclaimer = fresh_(30);
  std::vector<MadeArticle> articles = copies(disclaimer);
  for (const MadeArticle& each : unrelated(fresh_, random_, disclaimer, 400, 400, 600)) articles.push_back(each);
  const auto learned = learn(articles);
  EXPECT_EQ(learned_share(learned, story_), 0.0);
  EXPECT_EQ(learned_share(learned, disclaimer), 1.0);
}

INSTANTIATE_TEST_SUITE_P(OfManyOutlets, Stories,
                         testing::Values(Story{20, 400, 10}, Story{500, 400, 0}, Story{500, 200, 60},
                                         Story{500, 100, 20}));

// What everybody quotes that day: the articles differ, but their other words are about the same.
TEST(SharedBoilerplateLearner, AQuotationOfTheDayKeepsItsShingles) {
  FreshNumbers fresh;
  RandomStream random(5);
  const std::string quotation = fresh(40);
  std::vector<MadeArticle> articles = unrelated(fresh, random, fresh(20), 8000, 8000, 200);
  for (int i = 0; i < 40; ++i) {
    std::string text = fresh(60);
    for (int word = 0; word < 100; ++word) text += std::to_string(500 + random.below(100)) + " ";
    articles.push_back(
        {named("quoting", std::uint64_t(i)), fresh(6), text + quotation, kNoDate, named("q", std::uint64_t(i))});
  }
  EXPECT_EQ(learned_share(learn(articles), quotation), 0.0);
}

TEST(SharedBoilerplateLearner, DoesNotDependOnTheOrderOfTheFeed) {
  FreshNumbers fresh;
  RandomStream random(7);
  const std::string passage = fresh(40);
  std::vector<MadeArticle> articles = unrelated(fresh, random, passage, 30, 30, 300);
  for (const MadeArticle& each : unrelated(fresh, random, passage + fresh(10), 20, 20, 60)) articles.push_back(each);
  const auto learned = learn(articles);
  EXPECT_FALSE(learned.empty());
  std::reverse(articles.begin(), articles.end());
  EXPECT_EQ(learn(articles), learned);
}

TEST(SharedSample, IsBoundedAndAnArticleMoreChangesNothingElse) {
  FreshNumbers fresh;
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 1000; ++i) articles.push_back({std::to_string(i), "", fresh(5), kNoDate, "s"});
  SharedBoilerplateRule rule;
  rule.sample = 300;
  const auto ids = [&](const std::vector<MadeArticle>& of) {
    const Corpus corpus = made_corpus(of);
    std::set<std::string> chosen;
    for (const ArticleId article : choose_shared_sample(corpus, rule, all_articles(corpus))) {
      chosen.emplace(corpus.id(article));
    }
    return chosen;
  };
  const std::set<std::string> before = ids(articles);
  EXPECT_LE(before.size(), 300U);
  EXPECT_GE(before.size(), 120U);
  articles.push_back({"another", "", fresh(5), kNoDate, "t"});
  std::set<std::string> after = ids(articles);
  after.erase("another");
  EXPECT_EQ(after, before);
  rule.sample = 2000;
  EXPECT_EQ(ids(articles).size(), 1001U);
}

// Words of a vocabulary as skewed as that of a language make idioms, but no passages that stories share.
TEST(SharedBoilerplateLearner, LearnsNothingFromALanguage) {
  RandomStream random(9);
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (int word = 0; word < 200; ++word) {
      const double u = random.unit();
      text += std::to_string(static_cast<int>(u * u * u * u * 8000)) + " ";
    }
    articles.push_back({std::to_string(i), "1 2 3", text, kNoDate, std::to_string(i % 900)});
  }
  EXPECT_TRUE(learn(articles).empty());
}

}  // namespace
}  // namespace wirecopy
