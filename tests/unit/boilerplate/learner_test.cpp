#include "boilerplate/learner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "corpus/identity_sample.hpp"
#include "reference/made_outlet.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

using test::all_articles;
using test::count_up;
using test::FreshNumbers;
using test::made_corpus;
using test::MadeArticle;

std::vector<std::uint64_t> shingles_of(const std::string& numbers) {
  std::vector<std::uint64_t> shingles;
  shingle(test::made_tokens(numbers), 3, shingles);
  return shingles;
}

/// Share of a text's shingles that were learned.
double learned_share(const std::vector<std::uint64_t>& learned, const std::string& numbers) {
  const std::vector<std::uint64_t> shingles = shingles_of(numbers);
  const auto is_learned = [&](std::uint64_t each) { return std::binary_search(learned.begin(), learned.end(), each); };
  return static_cast<double>(std::count_if(shingles.begin(), shingles.end(), is_learned)) /
         static_cast<double>(shingles.size());
}

std::vector<std::uint64_t> learn(const std::vector<MadeArticle>& articles, double rate = 1) {
  const Corpus corpus = made_corpus(articles, rate);
  IdentitySample sample(BoilerplateRule{}.sample);
  for (const ArticleId article : all_articles(corpus)) sample.show(corpus, article);
  return BoilerplateLearner(corpus, 3, BoilerplateRule{}).learn(sample.take());
}

struct Block {
  std::size_t articles;
  std::size_t words;
  std::size_t place;  // words of the body before it, at most
};

class Blocks : public testing::TestWithParam<Block> {};

TEST_P(Blocks, AreLearntAndNothingElse) {
  FreshNumbers fresh;
  RandomStream random(5);
  const std::string block = fresh(GetParam().words);
  std::vector<MadeArticle> articles;
  for (std::size_t i = 0; i < GetParam().articles; ++i) {
    const std::size_t length = 30 + random.below(570), before = std::min(GetParam().place, length);
    const std::string first = fresh(before), second = fresh(length - before);
    articles.push_back({std::to_string(i), fresh(6), first + block + second});
  }
  const std::vector<std::uint64_t> learned = learn(articles);
  EXPECT_EQ(learned_share(learned, block), 1.0);
  EXPECT_EQ(learned.size(), shingles_of(block).size());
}

std::vector<Block> blocks() {
  std::vector<Block> blocks;
  for (const std::size_t articles : {4U, 10U, 30U, 3000U}) {
    for (const std::size_t words : {10U, 30U, 80U}) {
      for (const std::size_t place : {0U, 20U, 600U}) blocks.push_back({articles, words, place});
    }
  }
  return blocks;
}

INSTANTIATE_TEST_SUITE_P(OfAllSizes, Blocks, testing::ValuesIn(blocks()));

TEST(BoilerplateLearner, LearnsFromThreeArticlesAndNothingFromTwo) {
  FreshNumbers fresh;
  const std::string footer = fresh(80);
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 2; ++i) articles.push_back({std::to_string(i), fresh(6), fresh(300) + footer});
  EXPECT_TRUE(learn(articles).empty());
  articles.push_back({"2", fresh(6), fresh(300) + footer});
  EXPECT_EQ(learned_share(learn(articles), footer), 1.0);
}

// In a source of twenty articles, three stories could be three copies that a pair of agencies sent.
TEST(BoilerplateLearner, ALargerSourceNeedsFourStories) {
  FreshNumbers fresh;
  const std::string footer = fresh(80);
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 20; ++i) {
    articles.push_back({std::to_string(i), fresh(6), fresh(300) + (i < 3 ? footer : "")});
  }
  EXPECT_TRUE(learn(articles).empty());
  articles[3].text += footer;
  EXPECT_EQ(learned_share(learn(articles), footer), 1.0);
}

// Pages behind a paywall: most of what is left of each is the outlet's, and so are the last words of every title.
TEST(BoilerplateLearner, PagesOfASmallSourceAreToldApartByWhatTheirTitlesName) {
  FreshNumbers fresh;
  const std::string offer = fresh(60), outlet = fresh(3);
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 5; ++i) articles.push_back({std::to_string(i), fresh(4) + outlet, fresh(15) + offer});
  EXPECT_EQ(learned_share(learn(articles), offer), 1.0);
}

TEST(BoilerplateLearner, AnUpdateThatMovesItsOldTitleIntoItsLeadIsTheSameStory) {
  FreshNumbers fresh;
  const std::string story = fresh(120), title = fresh(5);
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 3; ++i)
    articles.push_back({std::to_string(i), i == 0 ? title : fresh(5), title + fresh(30) + story});
  for (int i = 3; i < 9; ++i) articles.push_back({std::to_string(i), fresh(5), fresh(150)});
  EXPECT_TRUE(learn(articles).empty());
}

// A block of L shingles is found when at least one of them is sampled: with probability 1 - (1 - 1/s)^L.
TEST(BoilerplateLearner, FindsBlocksFromSamplesAsTheorySays) {
  constexpr double kRate = 4.7;
  for (const std::size_t words : {12U, 24U}) {
    constexpr int kTrials = 400;
    int found = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      FreshNumbers fresh(trial * 4000);
      const std::string footer = fresh(words);
      std::vector<MadeArticle> articles;
      for (int i = 0; i < 12; ++i) articles.push_back({std::to_string(i), fresh(6), fresh(80) + footer});
      found += learned_share(learn(articles, kRate), footer) == 1.0;
    }
    const double expected = 1 - std::pow(1 - 1 / kRate, static_cast<double>(words - 2));
    const double deviation = std::sqrt(expected * (1 - expected) / kTrials);
    EXPECT_NEAR(found / static_cast<double>(kTrials), expected, 4.5 * deviation) << words;
  }
}

TEST(BoilerplateLearner, AFooterOfFewerThanOneInAHundredIsNotLearnt) {
  FreshNumbers fresh;
  const std::string footer = fresh(30);
  std::vector<MadeArticle> articles;
  for (int i = 0; i < 500; ++i) articles.push_back({std::to_string(i), fresh(6), fresh(60) + (i < 4 ? footer : "")});
  EXPECT_TRUE(learn(articles).empty());
  for (int i = 4; i < 8; ++i) articles[static_cast<std::size_t>(i)].text += footer;
  EXPECT_FALSE(learn(articles).empty());
}

/// An outlet with a footer that also published one story in several versions.
class Versions : public testing::TestWithParam<std::tuple<std::size_t, std::size_t>> {};

TEST_P(Versions, OfOneStoryKeepTheirShingles) {
  const auto [versions, others] = GetParam();
  FreshNumbers fresh;
  const std::string footer = fresh(30), story = fresh(200), title = fresh(6);
  std::vector<MadeArticle> articles;
  for (std::size_t i = 0; i < versions; ++i) {
    articles.push_back({std::to_string(i) + "v", title + fresh(2), fresh(10) + story + fresh(20 * i) + footer});
  }
  for (std::size_t i = 0; i < others; ++i) articles.push_back({std::to_string(i), fresh(6), fresh(150) + footer});
  const std::vector<std::uint64_t> learned = learn(articles);
  EXPECT_EQ(learned_share(learned, story), 0.0);
  if (others >= 4) {
    EXPECT_EQ(learned_share(learned, footer), 1.0);
  }
}

INSTANTIATE_TEST_SUITE_P(InSourcesOfAllSizes, Versions,
                         testing::Combine(testing::Values(2, 5, 9), testing::Values(0, 3, 8, 30, 400)));

/// One text with a word of it replaced in each version, every `seconds`; 0: undated.
std::vector<MadeArticle> versions(std::size_t count, std::int64_t seconds, const std::string& title = "1 2 3 4") {
  std::vector<MadeArticle> articles;
  RandomStream random(9);
  for (std::size_t i = 0; i < count; ++i) {
    const int replaced = static_cast<int>(random.below(150));
    const std::string text =
        count_up(1000, 1000 + replaced) + std::to_string(900'000 + i) + ' ' + count_up(1001 + replaced, 1150);
    articles.push_back({std::to_string(i), title, text, kNoDate});
    if (seconds > 0) articles.back().published = 1'700'000'000 + static_cast<std::int64_t>(i) * seconds;
  }
  return articles;
}

TEST(Learner, VersionsOfOneStoryAreNoBoilerplateInAnyNumber) {
  for (const std::size_t count : {12U, 20U, 200U, 2000U}) {
    for (const double rate : {1.0, 4.7}) {
      EXPECT_TRUE(learn(versions(count, 0), rate).empty()) << count;
      EXPECT_TRUE(learn(versions(count, 60), rate).empty()) << count;
    }
  }
  EXPECT_TRUE(learn(versions(200, 71 * 3600)).empty());
}

TEST(Learner, SomeUndatedVersionsAmongDatedOnes) {
  std::vector<MadeArticle> articles = versions(100, 60);
  for (std::size_t i = 0; i < articles.size(); i += 3) articles[i].published = kNoDate;
  EXPECT_TRUE(learn(articles).empty());
}

TEST(Learner, ATemplateThatIsFilledEveryFourDaysIsBoilerplate) {
  EXPECT_GT(learn(versions(200, 4 * 86400)).size(), 100U);
}

TEST(Learner, NearEqualTextsUnderDifferentTitlesAreBoilerplate) {
  FreshNumbers fresh;
  std::vector<MadeArticle> articles = versions(30, 60);
  for (MadeArticle& article : articles) article.title = fresh(6);
  EXPECT_GT(learn(articles).size(), 100U);
}

TEST(Learner, AFooterOfVersionsAndOthersIsLearntAndTheStoryIsNot) {
  FreshNumbers fresh;
  const std::string footer = fresh(30);
  std::vector<MadeArticle> articles = versions(60, 60);
  for (int i = 0; i < 40; ++i) articles.push_back({"other" + std::to_string(i), fresh(6), fresh(120)});
  for (MadeArticle& article : articles) article.text += footer;
  const std::vector<std::uint64_t> learned = learn(articles);
  EXPECT_EQ(learned_share(learned, footer), 1.0);
  EXPECT_EQ(learned.size(), shingles_of(footer).size());
}

TEST(Learner, TheOrderOfVersionsDoesNotMatter) {
  std::vector<MadeArticle> articles = versions(60, 60), weekly = versions(60, 7 * 86400, "5 6 7 8");
  articles.insert(articles.end(), weekly.begin(), weekly.end());
  const std::vector<std::uint64_t> learned = learn(articles);
  std::reverse(articles.begin(), articles.end());
  EXPECT_EQ(learn(articles), learned);
}

}  // namespace
}  // namespace wirecopy
