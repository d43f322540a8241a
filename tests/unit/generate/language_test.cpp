#include "generate/language.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>
#include <string>

#include "base/hash.hpp"

namespace wirecopy::generate {
namespace {

TEST(Languages, SharesSumToOne) {
  std::uint32_t sum = 0;
  for (const LanguageSpec& spec : language_specs()) sum += spec.share;
  EXPECT_EQ(sum, 10'000U);
}

TEST(Languages, WordsAreDistinct) {
  for (const Language& language : make_languages()) {
    std::set<std::string_view> words;
    for (std::uint32_t rank = 0; rank < kWords; ++rank) words.insert(language.word(rank).view());
    EXPECT_EQ(words.size(), kWords) << language.spec().code;
    EXPECT_FALSE(words.contains(""));
  }
}

TEST(Languages, TheMeanLengthOfWordsIsCorrect) {
  for (const Language& language : make_languages()) {
    RandomStream random(1);
    double bytes = 0;
    for (int i = 0; i < 20'000; ++i) bytes += language.word(zipf_rank(static_cast<std::uint32_t>(random()))).size;
    // A word is followed by a space and sometimes punctuation; its length varies by less than 8 bytes.
    EXPECT_NEAR(language.word_length_in_tenths() / 10.0, bytes / 20'000 + (language.spaced() ? 1.2 : 0.3),
                0.1 + 4 * 8 / 141.0);
  }
}

TEST(ZipfRank, EveryOctaveIsEquallyLikely) {
  constexpr int kDraws = 130'000;
  std::array<int, kOctaves> count{};
  RandomStream random(9);
  for (int i = 0; i < kDraws; ++i) {
    const std::uint32_t rank = zipf_rank(static_cast<std::uint32_t>(random()));
    ASSERT_LT(rank, kWords);
    ++count[static_cast<std::size_t>(std::ilogb(rank + 1.0))];
  }
  const double expected = 1.0 * kDraws / kOctaves;
  for (const int found : count) EXPECT_NEAR(found, expected, 5 * std::sqrt(expected));
}

TEST(Capitalise, KnowsTheScripts) {
  const auto capital = [](std::string text) {
    capitalise(text.data());
    return text;
  };
  EXPECT_EQ(capital("word"), "Word");
  EXPECT_EQ(capital("éta"), "Éta");
  EXPECT_EQ(capital("бор"), "Бор");
  EXPECT_EQ(capital("рот"), "Рот");
  EXPECT_EQ(capital("єна"), "Єна");
  EXPECT_EQ(capital("λόγος"), "Λόγος");
  EXPECT_EQ(capital("σόλο"), "Σόλο");
  EXPECT_EQ(capital("水木"), "水木");
  EXPECT_EQ(capital("كتاب"), "كتاب");
  EXPECT_EQ(capital("Word"), "Word");
}

}  // namespace
}  // namespace wirecopy::generate
