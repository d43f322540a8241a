#include "verify/shingle_comparer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/hash.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

std::vector<Token> random_tokens(RandomStream& random, std::size_t size, std::uint32_t vocabulary) {
  std::vector<Token> tokens(size);
  for (Token& token : tokens) token = make_token(mix64(random.below(vocabulary)), TokenKind::word);
  return tokens;
}

// The naive twin.
std::set<std::uint64_t> shingle_set(const std::vector<Token>& tokens, unsigned words) {
  std::vector<std::uint64_t> shingles;
  shingle(tokens, words, shingles);
  return {shingles.begin(), shingles.end()};
}

std::size_t count_common(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  return static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](std::uint64_t s) { return b.contains(s); }));
}

TEST(ShingleComparer, AgreesWithSets) {
  RandomStream random(3);
  ShingleComparer comparer(3);
  for (int round = 0; round < 500; ++round) {
    const auto first = random_tokens(random, random.below(200), 2 + random.below(30));
    const auto first_set = shingle_set(first, 3);
    EXPECT_EQ(comparer.load(first), first_set.size());
    for (int i = 0; i < 3; ++i) {
      const auto second = random_tokens(random, random.below(200), 2 + random.below(30));
      ASSERT_EQ(comparer.count_shared(second), count_common(first_set, shingle_set(second, 3)));
    }
  }
}

TEST(ShingleComparer, CountsAShingleOnceHoweverOftenItOccurs) {
  const Token token = make_token(mix64(1), TokenKind::word);
  const std::vector<Token> repeated(50, token);
  ShingleComparer comparer(3);
  EXPECT_EQ(comparer.load(repeated), 1U);
  EXPECT_EQ(comparer.count_shared(repeated), 1U);
}

TEST(ShingleComparer, NoShingleCrossesFromTitleToText) {
  RandomStream random(9);
  const auto title = random_tokens(random, 10, 1000), text = random_tokens(random, 20, 1000);
  ShingleComparer comparer(3);
  EXPECT_EQ(comparer.load(title, text), 8U + 18U);
  EXPECT_EQ(comparer.count_shared(text), 18U);
  EXPECT_EQ(comparer.count_shared(title, text), 26U);
}

TEST(ShingleComparer, EmptyTextsShareNothing) {
  ShingleComparer comparer(3);
  EXPECT_EQ(comparer.load({}), 0U);
  EXPECT_EQ(comparer.count_shared({}), 0U);
}

}  // namespace
}  // namespace wirecopy
