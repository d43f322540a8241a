#include "boilerplate/small_source.hpp"

#include <gtest/gtest.h>

#include "reference/made_outlet.hpp"

namespace wirecopy {
namespace {

using test::MadeArticle;

/// A source of articles with these titles and texts.
class Source {
 public:
  explicit Source(const std::vector<MadeArticle>& articles)
      : corpus_(test::made_corpus(articles)), articles_(test::all_articles(corpus_)), source_(corpus_, {}) {
    source_.start(articles_);
  }
  double kinship(std::uint32_t a, std::uint32_t b) {
    const double result = source_.title_kinship(a, b);
    EXPECT_EQ(source_.title_kinship(b, a), result);
    return result;
  }
  bool are_kin(std::uint32_t a, std::uint32_t b) {
    const bool result = source_.are_kin(a, b);
    EXPECT_EQ(source_.are_kin(b, a), result);
    return result;
  }

 private:
  Corpus corpus_;
  std::vector<ArticleId> articles_;
  SmallSource source_;
};

MadeArticle article(const std::string& id, const std::string& title, const std::string& text) {
  return {id, title, text};
}

TEST(SmallSource, EqualTitlesAreKinAndUnlikeOnesAreNot) {
  Source source({article("a", "1 2 3", "10 11"), article("b", "1 2 3", "12 13"), article("c", "4 5 6", "14 15")});
  EXPECT_EQ(source.kinship(0, 1), 1);
  EXPECT_EQ(source.kinship(0, 2), 0);
}

TEST(SmallSource, WordsOfTheLeadCountForTheOthersTitle) {
  Source source({article("a", "1 2", "10 11"), article("b", "3 4", "1 2 12 13")});
  EXPECT_EQ(source.kinship(0, 1), 1);
}

TEST(SmallSource, WordsBehindTheLeadDoNot) {
  std::string text;
  for (int i = 100; i < 180; ++i) text += std::to_string(i) + " ";
  Source source({article("a", "1 2", "10 11"), article("b", "3 4", text + "1 2")});
  EXPECT_EQ(source.kinship(0, 1), 0);
}

TEST(SmallSource, WhatManyTitlesEndOrBeginWithIsTheOutletsName) {
  Source ends({article("a", "1 2 8 9", "10"), article("b", "3 4 8 9", "11"), article("c", "5 6 8 9", "12")});
  EXPECT_FALSE(ends.are_kin(0, 1));
  Source begins({article("a", "8 9 1 2", "10"), article("b", "8 9 3 4", "11"), article("c", "8 9 5 6", "12")});
  EXPECT_FALSE(begins.are_kin(0, 1));
}

TEST(SmallSource, MoreThanHalfOfATitleIsAStorysVersions) {
  Source source({article("a", "7 8 9 1", "10"), article("b", "7 8 9 2", "11"), article("c", "7 8 9 3", "12")});
  EXPECT_TRUE(source.are_kin(0, 1));
}

TEST(SmallSource, HalfOfTheWordsInTheOtherTitleMakeKin) {
  Source source({article("a", "1 2 3 4", "10"), article("b", "5 2 6 4 7", "11"), article("c", "8 9", "12")});
  EXPECT_TRUE(source.are_kin(0, 1));
  EXPECT_FALSE(source.are_kin(0, 2));
}

TEST(SmallSource, WordsOfManyTitlesAreNoRareWords) {
  Source source({article("a", "1 8 2", "10"), article("b", "3 8 4", "11"), article("c", "5 8 6", "12")});
  EXPECT_EQ(source.kinship(0, 1), 0);
}

TEST(SmallSource, WordsOfManyLeadsWeighLittle) {
  Source source({article("a", "1 2 7", "10"), article("b", "3 4", "7 11"), article("c", "5 6", "7 12"),
                 article("d", "8 9", "7 13")});
  EXPECT_GT(source.kinship(0, 1), 0);
  EXPECT_LT(source.kinship(0, 1), 0.1);
}

TEST(SmallSource, WithoutTitlesNothingIsKin) {
  Source source({article("a", "", "10 11"), article("b", "", "10 11")});
  EXPECT_EQ(source.kinship(0, 1), 0);
}

TEST(SmallSource, StartsAgainForAnotherSource) {
  const Corpus corpus =
      test::made_corpus({article("a", "1 2", "10"), article("b", "1 2", "11"), article("c", "3 4", "12")});
  const std::vector<ArticleId> all = test::all_articles(corpus);
  SmallSource source(corpus, {});
  source.start(std::span(all).first(2));
  EXPECT_EQ(source.title_kinship(0, 1), 1);
  source.start(std::span(all).last(2));
  EXPECT_EQ(source.title_kinship(0, 1), 0);
}

}  // namespace
}  // namespace wirecopy
