#include "verify/series.hpp"

#include <gtest/gtest.h>

#include "reference/made_corpus.hpp"

namespace wirecopy {
namespace {

using test::made_tokens;

bool are_items(const std::string& title, const std::string& text, const std::string& other_title,
               const std::string& other_text) {
  const auto a = made_tokens(title), b = made_tokens(text), c = made_tokens(other_title), d = made_tokens(other_text);
  SeriesTest test;
  test.hold({a, b});
  const bool result = test.are_items({c, d});
  EXPECT_EQ(test.are_items({c, d}), result);
  test.hold({c, d});
  EXPECT_EQ(test.are_items({a, b}), result);
  return result;
}

TEST(SeriesTest, TitlesThatNameDifferentThings) { EXPECT_TRUE(are_items("1 2 3 80", "9 80 8", "1 2 3 90", "9 90 8")); }

TEST(SeriesTest, ANameMayTakeMoreWords) { EXPECT_TRUE(are_items("80 1 2 3", "9 80 8", "90 91 1 2 3", "9 90 91 8")); }

TEST(SeriesTest, EqualTitlesNameNothing) { EXPECT_FALSE(are_items("1 2 3", "9 1 8", "1 2 3", "9 2 8")); }

TEST(SeriesTest, ATitleThatOnlyAddsNamesNothingElse) {
  EXPECT_FALSE(are_items("1 2 3 80", "9 80 8", "1 2 3", "9 2 8"));
}

TEST(SeriesTest, ANameThatTheOtherTextHasAsWellIsNone) {
  EXPECT_FALSE(are_items("1 2 3 80", "9 80 8", "1 2 3 90", "9 80 90"));
}

TEST(SeriesTest, ANameThatItsOwnTextDoesNotHaveIsNone) {
  EXPECT_FALSE(are_items("1 2 3 80", "9 8", "1 2 3 90", "9 90 8"));
}

TEST(SeriesTest, TitlesThatShareFewWordsAreOfNoSeries) {
  EXPECT_FALSE(are_items("1 80 81 82", "9 80 8", "1 90 91 92", "9 90 8"));
}

TEST(SeriesTest, TitlesWithTheSameWordsInAnotherOrderAreOfNoSeries) {
  EXPECT_FALSE(are_items("1 2 3 80", "9 80 8", "3 1 2 90", "9 90 8"));
}

TEST(SeriesTest, ArticlesWithoutTitlesAreOfNoSeries) { EXPECT_FALSE(are_items("", "9 80 8", "", "9 90 8")); }

}  // namespace
}  // namespace wirecopy
