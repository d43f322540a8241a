#include "verify/figures.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/hash.hpp"
#include "text/tokenizer.hpp"

namespace wirecopy {
namespace {

std::vector<Token> tokens_of(std::string_view text) {
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  Tokenizer(1).tokenize(text, scratch, tokens);
  return tokens;
}

SharedFigures figures(std::string_view a, std::string_view b, std::vector<TokenRange> boilerplate = {}) {
  const std::vector<Token> first = tokens_of(a), second = tokens_of(b);
  FigureTest test, reversed;
  test.hold({first, boilerplate});
  reversed.hold({second, {}});
  const SharedFigures shared = test.compare({second, {}}), back = reversed.compare({first, boilerplate});
  EXPECT_EQ(shared.shared, back.shared);
  EXPECT_EQ(shared.fewer, back.fewer);
  return shared;
}

TEST(Figures, AreCountedAsOftenAsBothHaveThem) {
  const SharedFigures shared = figures("12 boats, 12 men, 3 dogs and 7 cats", "3 dogs, 12 men; 12, 12 and 5 others, 9");
  EXPECT_EQ(shared.fewer, 4U);
  EXPECT_EQ(shared.shared, 3U);
  EXPECT_EQ(shared.missing(), 1U);
}

TEST(Figures, OfTheTextThatHasFewerAreLookedFor) {
  EXPECT_EQ(figures("1 2 3 4 5 6", "6 5").missing(), 0U);
  EXPECT_EQ(figures("no figures", "6 5").fewer, 0U);
}

TEST(Figures, InBoilerplateDoNotCount) {
  EXPECT_EQ(figures("call 555 1234 now, 3 boats sank", "4 boats", {{0, 4}}).fewer, 1U);
}

TEST(Figures, OfOtherScriptsAndWithLettersBehindAreFigures) {
  for (const char* figure : {"7", "4th", "\xd9\xa7", "\xdb\xb7", "\xe0\xa5\xad", "1987"}) {
    const std::vector<Token> tokens = tokens_of(figure);
    ASSERT_EQ(tokens.size(), 1U) << figure;
    EXPECT_EQ(kind_of(tokens[0]), TokenKind::figure) << figure;
    EXPECT_TRUE(is_word(tokens[0]));
  }
  for (const char* word : {"q4", "\xd9\x85", "\xd0\xb6", "seven", "\xe0\xa4\x85"}) {
    EXPECT_EQ(kind_of(tokens_of(word).at(0)), TokenKind::word) << word;
  }
  EXPECT_FALSE(is_word(make_token(0, TokenKind::ideograph)));
  EXPECT_FALSE(is_word(make_token(0, TokenKind::syllable)));
}

TEST(Figures, DifferOnlyIfTwoAreMissing) {
  EXPECT_FALSE((SharedFigures{0, 1}.are_below(kSharedFigures)));
  EXPECT_TRUE((SharedFigures{0, 2}.are_below(kSharedFigures)));
  EXPECT_TRUE((SharedFigures{3, 5}.are_below(kSharedFigures)));
  EXPECT_FALSE((SharedFigures{4, 6}.are_below(kSharedFigures)));
  EXPECT_TRUE((SharedFigures{4, 6}.are_below(kSharedFiguresOfASeries)));
}

}  // namespace
}  // namespace wirecopy
