#include "text/alignment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

namespace wirecopy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Token> tokens_of(std::string_view letters) { return {letters.begin(), letters.end()}; }

std::vector<AlignedRun> aligned(std::string_view first, std::string_view second) {
  return align(tokens_of(first), tokens_of(second));
}

TEST(Alignment, EqualTextsGiveOneRun) { EXPECT_THAT(aligned("abcdef", "abcdef"), ElementsAre(AlignedRun{0, 0, 6})); }

TEST(Alignment, DifferentTextsGiveNoRun) {
  EXPECT_THAT(aligned("abc", "xyz"), IsEmpty());
  EXPECT_THAT(aligned("", "xyz"), IsEmpty());
  EXPECT_THAT(aligned("", ""), IsEmpty());
}

TEST(Alignment, CutAndAddedTextSeparatesRuns) {
  EXPECT_THAT(aligned("abcdefgh", "abXYefgh"), ElementsAre(AlignedRun{0, 0, 2}, AlignedRun{4, 4, 4}));
  EXPECT_THAT(aligned("abefgh", "abcdefgh"), ElementsAre(AlignedRun{0, 0, 2}, AlignedRun{2, 4, 4}));
}

TEST(Alignment, LongTextsAreDividedAtUniqueTokens) {
  std::vector<Token> first, second;
  for (Token i = 0; i < 3000; ++i) first.push_back(4 * i);
  second = first;
  second.insert(second.begin() + 1000, 700, Token{1'000'000});
  second.erase(second.begin() + 2500, second.begin() + 2600);
  EXPECT_THAT(align(first, second),
              ElementsAre(AlignedRun{0, 0, 1000}, AlignedRun{1000, 1700, 800}, AlignedRun{1900, 2500, 1100}));
}

}  // namespace
}  // namespace wirecopy
