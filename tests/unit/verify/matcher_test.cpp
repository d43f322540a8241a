#include "verify/matcher.hpp"

#include <gtest/gtest.h>

#include "reference/made_matcher.hpp"

namespace wirecopy {
namespace {

using test::count_up;
using test::MadeArticle;
using test::MadeMatcher;

MadeArticle article(std::string text, std::string title = "", std::string source = "x") {
  return {"", std::move(title), std::move(text), kNoDate, std::move(source)};
}

TEST(Matcher, EqualArticlesAreExact) {
  MadeMatcher made({article(count_up(0, 50), "1"), article(count_up(0, 50), "1", "y")});
  const auto match = made.compare(0, 1);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->relation, Relation::exact);
  EXPECT_EQ(match->similarity.containment(), 1.0);
  EXPECT_EQ(match->similarity.jaccard(), 1.0);
}

TEST(Matcher, ScoresAreThoseOfTheTextsWithoutTheirTitles) {
  MadeMatcher made({article(count_up(0, 100), "7 8 9"), article(count_up(40, 140), "4 5")});
  const Similarity similarity = made.measure(0, 1);
  EXPECT_EQ(similarity.shared, 58U);
  EXPECT_EQ(similarity.first, 98U);
  EXPECT_EQ(similarity.second, 98U);
  EXPECT_EQ(similarity.covered_first, 60U);
  EXPECT_EQ(similarity.tokens_first, 100U);
}

TEST(Matcher, TheTitleCountsWhereAskedFor) {
  Options options;
  options.title = true;
  MadeMatcher made({article(count_up(3, 100), "0 1 2"), article(count_up(0, 100), "500 501")}, options);
  EXPECT_EQ(made.measure(0, 1).tokens_first, 100U);
  EXPECT_EQ(made.measure(0, 1).covered_first, 100U);
  EXPECT_EQ(made.measure(0, 1).tokens_second, 102U);
}

TEST(Matcher, TheThresholdIsReachedOrNot) {
  // One passage of 49 words of 100, and one of 47: 0.48 is required at the threshold of 0.5.
  const std::vector<MadeArticle> articles{article(count_up(0, 100)), article(count_up(51, 351), "", "y"),
                                          article(count_up(53, 353), "", "z")};
  MadeMatcher made(articles);
  EXPECT_TRUE(made.compare(0, 1));
  EXPECT_FALSE(made.compare(0, 2));
  Options options;
  options.threshold = 0.45;
  EXPECT_TRUE(MadeMatcher(articles, options).compare(0, 2));
}

TEST(Matcher, ReplacedWordsAreBridgedButRewrittenStretchesAreNot) {
  std::string one, three;
  for (int i = 0; i < 100; ++i) {
    one += std::to_string(i % 10 == 5 ? 1000 + i : i) + ' ';
    three += std::to_string(i % 10 >= 5 && i % 10 < 8 ? 1000 + i : i) + ' ';
  }
  MadeMatcher made({article(count_up(0, 100)), article(one), article(three)});
  EXPECT_EQ(made.measure(0, 1).covered_first, 100U);
  EXPECT_EQ(made.measure(0, 2).covered_first, 68U);  // ten gaps of three, and the last two words alone
}

// Every fourth word replaced leaves runs of three: they cover the text. Every third leaves no shared shingle in its
// reworded half, which counts as it aligns.
TEST(Matcher, ARewordedCopyMatchesByAlignment) {
  std::string reworded;
  for (int i = 0; i < 100; ++i) {
    reworded += std::to_string(i % 12 == 3 || i % 12 == 6 || i % 12 == 9 ? 1000 + i : i) + ' ';
  }
  MadeMatcher made({article(count_up(0, 100), "", "x"), article(reworded, "", "y")});
  const Similarity similarity = made.measure(0, 1);
  EXPECT_LT(similarity.coverage_of_shorter(), 0.8);
  EXPECT_GE(similarity.aligned_of_shorter(), 0.95);
  EXPECT_TRUE(made.compare(0, 1));
}

// The same coverage by scattered phrases is no copy.
TEST(Matcher, ScatteredPhrasesDoNotMatch) {
  std::string scattered;
  for (int i = 0; i < 120; ++i) scattered += std::to_string(i % 8 < 3 ? i : 1000 + i) + ' ';
  MadeMatcher made({article(count_up(0, 120), "", "x"), article(scattered, "", "y")});
  const Similarity similarity = made.measure(0, 1);
  EXPECT_GE(similarity.coverage_of_shorter(), 0.35);
  EXPECT_EQ(similarity.aligned, 0U);
  EXPECT_FALSE(made.compare(0, 1));
}

TEST(Matcher, BoilerplateCarriesNoWeight) {
  const std::string footer = count_up(1000, 1080);
  const std::vector<MadeArticle> articles{article(count_up(0, 30) + footer), article(count_up(100, 130) + footer)};
  EXPECT_TRUE(MadeMatcher(articles).compare(0, 1));
  MadeMatcher made(articles, {}, {{"x", footer}});
  EXPECT_FALSE(made.compare(0, 1));
  EXPECT_EQ(made.measure(0, 1).shared, 0U);
  EXPECT_EQ(made.measure(0, 1).raw_shared, 78U);
  EXPECT_EQ(made.measure(0, 1).tokens_first, 32U);  // the last shingles of the body reach two words into the footer
}

TEST(Matcher, WhatOneSourceRepeatsMayBeNewsElsewhere) {
  const std::string story = count_up(0, 100);
  MadeMatcher made({article(story), article(count_up(500, 502) + story, "", "y"), article(story + "600", "", "z")}, {},
                   {{"x", story}});
  EXPECT_FALSE(made.compare(0, 1));
  EXPECT_TRUE(made.compare(1, 2));
}

TEST(Matcher, PagesOfBoilerplateAloneMatchOnlyEqualOnes) {
  const std::string stub = count_up(1000, 1060);
  MadeMatcher made({article(stub, "1 2 3 4 5"), article(stub, "6 7 8 9 10"), article(stub, "1 2 3 4 5"),
                    article(stub + "1060", "1 2 3 4 5")},
                   {}, {{"x", stub}});
  EXPECT_EQ(made.measure(0, 1).tokens_first, 0U);
  EXPECT_FALSE(made.compare(0, 1));
  EXPECT_TRUE(made.compare(0, 2));
  EXPECT_FALSE(made.compare(0, 3));
}

TEST(Matcher, ATinyTextNeedsMoreThanAShare) {
  MadeMatcher made({article(count_up(0, 8), count_up(50, 56)), article(count_up(0, 300), count_up(50, 56), "y")});
  EXPECT_FALSE(made.compare(0, 1));
  EXPECT_EQ(made.measure(0, 1).agreement(), 1.0);
}

TEST(Matcher, ShortTextsAreComparedWithTheirTitles) {
  const std::string caption = count_up(0, 12);
  MadeMatcher made({article(caption, count_up(50, 58)), article(caption, count_up(60, 68), "y"),
                    article(caption, "99 " + count_up(51, 58), "z")});
  EXPECT_FALSE(made.compare(0, 1));
  EXPECT_TRUE(made.compare(0, 2));
}

TEST(Matcher, ANameInTheMiddleOfACaptionTellsItApart) {
  std::string other;
  for (int i = 0; i < 14; ++i) other += std::to_string(i == 7 ? 99 : i) + ' ';
  MadeMatcher made({article(count_up(0, 14), "50 51 52"), article(other, "50 51 52", "y")});
  EXPECT_FALSE(made.compare(0, 1));
}

TEST(Matcher, TheExactMethodMatchesNothingElse) {
  Options options;
  options.method = Method::exact;
  MadeMatcher made({article(count_up(0, 100)), article(count_up(0, 100), "", "y"), article(count_up(0, 101))}, options);
  EXPECT_TRUE(made.compare(0, 1));
  EXPECT_FALSE(made.compare(0, 2));
}

TEST(Matcher, OneWordIsNotComparable) {
  MadeMatcher made({article("1"), article("1 2"), article("", "1 2 3"), article("1", "2")});
  EXPECT_FALSE(is_comparable(made.corpus.record(ArticleId{0}), made.options));
  EXPECT_TRUE(is_comparable(made.corpus.record(ArticleId{1}), made.options));
  EXPECT_FALSE(is_comparable(made.corpus.record(ArticleId{2}), made.options));
  made.options.title = true;
  EXPECT_TRUE(is_comparable(made.corpus.record(ArticleId{2}), made.options));
  EXPECT_TRUE(is_comparable(made.corpus.record(ArticleId{3}), made.options));
}

// A bridge of two words leads over a short block of boilerplate.
TEST(Matcher, APartIsNeverMoreThanTheWhole) {
  const std::string block = "900 901 902 903 904";
  const std::string text = count_up(0, 30) + block + " " + count_up(30, 60);
  MadeMatcher made({article(text, "1"), article(text, "2", "y")}, {}, {{"x", block}, {"y", block}});
  const Similarity similarity = made.measure(0, 1);
  EXPECT_LT(similarity.tokens_first, 65U);
  EXPECT_EQ(similarity.containment(), 1.0);
  EXPECT_EQ(similarity.contained(), 1.0);
}

TEST(Matcher, ArticlesThatAreTooFarApartInTimeDoNotMatch) {
  Options options;
  options.within = 100;
  const auto dated = [](std::string text, std::int64_t published) {
    return MadeArticle{"", "", std::move(text), published, "x" + std::to_string(published)};
  };
  MadeMatcher made({dated(count_up(0, 100), 0), dated(count_up(0, 99), 100), dated(count_up(0, 98), 101),
                    dated(count_up(0, 97), kNoDate), dated(count_up(0, 100), 500)},
                   options);
  EXPECT_TRUE(made.compare(0, 1));
  EXPECT_FALSE(made.compare(0, 2));
  EXPECT_TRUE(made.compare(1, 2));
  EXPECT_TRUE(made.compare(0, 3));
  EXPECT_FALSE(made.compare(0, 4));  // although they are equal
}

}  // namespace
}  // namespace wirecopy
