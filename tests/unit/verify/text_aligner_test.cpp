#include "verify/text_aligner.hpp"

#include <gtest/gtest.h>

#include "verify/text_comparer.hpp"

namespace wirecopy {
namespace {

/// A text of words, a letter each.
std::vector<Token> words(std::string_view letters) {
  std::vector<Token> tokens;
  for (const char letter : letters)
    tokens.push_back(make_token(mix64(static_cast<unsigned char>(letter)), TokenKind::word));
  return tokens;
}

std::vector<Token> ideographs(std::string_view letters) {
  std::vector<Token> tokens;
  for (const char letter : letters) {
    tokens.push_back(make_token(mix64(static_cast<unsigned char>(letter)), TokenKind::ideograph));
  }
  return tokens;
}

Alignment align(const ComparedText& a, const ComparedText& b) {
  TextComparer comparer(3);
  TextAligner aligner;
  static_cast<void>(comparer.load(a));
  static_cast<void>(comparer.compare(b));
  aligner.load(a);
  return aligner.align(b, comparer.shared_runs(), 12);
}

Alignment align(const std::vector<Token>& a, const std::vector<Token>& b) {
  return align(ComparedText{a, {}}, ComparedText{b, {}});
}

TEST(TextAligner, EqualTextsAlignAsAWhole) {
  const auto text = words("abcdefghij");
  EXPECT_EQ(align(text, text), (Alignment{40, 40}));
}

TEST(TextAligner, NothingSharedAlignsNothing) { EXPECT_EQ(align(words("abcdefgh"), words("ijklmnop")), Alignment{}); }

TEST(TextAligner, WordsReplacedAddedAndLeftOutAreInside) {
  EXPECT_EQ(align(words("abcdefghij"), words("abcdXfghij")), (Alignment{40, 40}));
  EXPECT_EQ(align(words("abcdefghij"), words("abcdeXfghij")), (Alignment{40, 44}));
  EXPECT_EQ(align(words("abcdefghij"), words("abcdfghij")), (Alignment{40, 36}));
}

// No shingle of three words is shared between the runs at both ends.
TEST(TextAligner, PassagesThatSharedShinglesDoNotCoverAreInside) {
  EXPECT_EQ(align(words("abcdefghijklmnop"), words("abcdXfgYijZlmnop")), (Alignment{64, 64}));
}

TEST(TextAligner, APassageOfThreeWordsAloneIsNone) {
  EXPECT_EQ(align(words("abcuvwxyz"), words("abcdefghi")), Alignment{});
  EXPECT_EQ(align(words("abcduvwxyz"), words("abcdefghi")), (Alignment{16, 16}));
}

TEST(TextAligner, AnAlignmentEndsWhereTheTextsPartForGood) {
  EXPECT_EQ(align(words("abcdefghijkABCDEFGHIJK"), words("abcdefghijkLMNOPQRSTUV")), (Alignment{44, 44}));
}

TEST(TextAligner, PassagesInAnotherOrderAlignEach) {
  EXPECT_EQ(align(words("abcdefghijklmnop"), words("ijklmnopabcdefgh")), (Alignment{64, 64}));
}

TEST(TextAligner, EveryTokenIsUsedOnce) {
  EXPECT_EQ(align(words("abcdefgh"), words("abcdefghabcdefgh")), (Alignment{32, 32}));
  EXPECT_EQ(align(words("abcdefghabcdefgh"), words("abcdefgh")), (Alignment{32, 32}));
}

TEST(TextAligner, PassagesThatBothTextsRepeatAlignEach) {
  EXPECT_EQ(align(words("abcdefghabcdefgh"), words("abcdefghXabcdefgh")), (Alignment{64, 68}));
}

TEST(TextAligner, BoilerplateIsNoPartOfAnAlignment) {
  const auto text = words("abcdefghijklmnopqrst");
  const std::vector<TokenRange> boilerplate{{8, 12}};
  EXPECT_EQ(align(ComparedText{text, boilerplate}, ComparedText{text, {}}), (Alignment{64, 64}));
  EXPECT_EQ(align(ComparedText{text, {}}, ComparedText{text, boilerplate}), (Alignment{64, 64}));
}

// Four ideographs are two words' worth.
TEST(TextAligner, IdeographsCountHalfAWord) {
  EXPECT_EQ(align(ideographs("abcdefguvwxyz"), ideographs("abcdefghijklm")), Alignment{});
  EXPECT_EQ(align(ideographs("abcdefghuvwxyz"), ideographs("abcdefghijklmn")), (Alignment{16, 16}));
}

TEST(TextAligner, ItsScratchIsCleanForTheNextPair) {
  TextComparer comparer(3);
  TextAligner aligner;
  const auto a = words("abcdefghijklmnopqrst"), b = words("abcdefghXjklmnYpqrst"), c = words("qrstABCDEFGHabcd");
  const std::vector<TokenRange> boilerplate{{2, 9}};
  static_cast<void>(comparer.load({a, {}}));
  aligner.load({a, boilerplate});
  static_cast<void>(comparer.load({a, {}}));
  aligner.load({a, {}});
  const auto next = [&](const std::vector<Token>& second, std::span<const TokenRange> marked) {
    static_cast<void>(comparer.compare({second, marked}));
    return aligner.align({second, marked}, comparer.shared_runs(), 12);
  };
  EXPECT_EQ(next(b, {}), (Alignment{80, 80}));
  EXPECT_EQ(next(c, {}), (Alignment{32, 32}));
  EXPECT_EQ(next(b, boilerplate), align(ComparedText{a, {}}, ComparedText{b, boilerplate}));
  EXPECT_EQ(next(b, {}), (Alignment{80, 80}));
}

}  // namespace
}  // namespace wirecopy
