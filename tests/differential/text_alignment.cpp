// Compares alignments with the longest common subsequence, on random and on edited texts.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/hash.hpp"
#include "reference/common_subsequence.hpp"
#include "text/alignment.hpp"

namespace wirecopy {
namespace {

std::vector<Token> random_tokens(RandomStream& random, std::uint32_t count, std::uint32_t kinds) {
  std::vector<Token> tokens;
  for (std::uint32_t i = 0; i < count; ++i) tokens.push_back(4 * random.below(kinds));
  return tokens;
}

std::vector<Token> edited(RandomStream& random, std::vector<Token> tokens, std::uint32_t edits) {
  for (std::uint32_t i = 0; i < edits && !tokens.empty(); ++i) {
    const auto at = tokens.begin() + random.below(static_cast<std::uint32_t>(tokens.size()));
    if (random.below(2) == 0) {
      tokens.erase(at, std::min(tokens.end(), at + 1 + random.below(20)));
    } else {
      const std::vector<Token> added = random_tokens(random, 1 + random.below(20), 1'000'000);
      tokens.insert(at, added.begin(), added.end());
    }
  }
  return tokens;
}

/// The tokens in runs; checks that runs are equal in both texts, ascend, and are as long as possible.
std::size_t check(const std::vector<Token>& first, const std::vector<Token>& second) {
  std::size_t i = 0, j = 0, length = 0;
  for (const AlignedRun& run : align(first, second)) {
    EXPECT_GT(run.length, 0U);
    EXPECT_TRUE(run.first >= i && run.second >= j);
    EXPECT_TRUE(length == 0 || run.first > i || run.second > j) << "adjacent runs that should be one";
    i = run.first + run.length, j = run.second + run.length;
    EXPECT_TRUE(i <= first.size() && j <= second.size());
    EXPECT_TRUE(std::equal(first.begin() + run.first, first.begin() + static_cast<std::ptrdiff_t>(i),
                           second.begin() + run.second));
    length += run.length;
  }
  return length;
}

TEST(AlignmentAgainstTwin, ShortTextsHaveALongestSubsequence) {
  RandomStream random(5);
  for (int turn = 0; turn < 20'000; ++turn) {
    const auto first = random_tokens(random, random.below(24), 1 + random.below(6));
    const auto second = random_tokens(random, random.below(24), 1 + random.below(6));
    const std::size_t best = reference::longest_common_subsequence<Token>(first, second);
    ASSERT_EQ(check(first, second), best);
  }
}

TEST(AlignmentAgainstTwin, LongEditedTextsMissHardlyAnything) {
  RandomStream random(6);
  for (int turn = 0; turn < 40; ++turn) {
    const auto first = random_tokens(random, 1500 + random.below(2000), 400);
    const auto second = edited(random, first, random.below(40));
    const std::size_t best = reference::longest_common_subsequence<Token>(first, second);
    ASSERT_GE(static_cast<double>(check(first, second)), 0.98 * static_cast<double>(best));
  }
}

TEST(AlignmentAgainstTwin, LongTextsWithoutAnchorsTerminate) {
  RandomStream random(7);
  const auto first = random_tokens(random, 20'000, 2), second = random_tokens(random, 20'000, 2);
  check(first, second);  // two letters: no three consecutive tokens are unique
}

}  // namespace
}  // namespace wirecopy
