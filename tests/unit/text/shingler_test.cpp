#include "text/shingler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace wirecopy {
namespace {

std::vector<Token> random_tokens(std::size_t count, std::initializer_list<TokenKind> kinds, std::uint64_t seed = 1) {
  RandomStream random(seed);
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < count; ++at) {
    const auto kind = kinds.begin()[random.below(static_cast<std::uint32_t>(kinds.size()))];
    tokens.push_back(make_token(random(), kind));
  }
  return tokens;
}

std::vector<std::uint64_t> shingles(std::span<const Token> tokens, unsigned n) {
  std::vector<std::uint64_t> out;
  shingle(tokens, n, out);
  return out;
}

TEST(Shingler, WordTextGivesNGrams) {
  const auto tokens = random_tokens(20, {TokenKind::word});
  for (unsigned n = 1; n <= 20; ++n) EXPECT_EQ(shingles(tokens, n).size(), 21 - n);
}

TEST(Shingler, UnspacedScriptsGiveLongerShingles) {
  EXPECT_EQ(shingles(random_tokens(100, {TokenKind::ideograph}), 5).size(), 91u);
  EXPECT_EQ(shingles(random_tokens(100, {TokenKind::syllable}), 5).size(), 81u);
}

TEST(Shingler, ShortTextsGiveOneShingleAndEmptyOnesNone) {
  EXPECT_TRUE(shingles({}, 3).empty());
  const auto tokens = random_tokens(4, {TokenKind::word});
  EXPECT_EQ(shingles(tokens, 5).size(), 1u);
  EXPECT_NE(shingles(tokens, 5), shingles(std::span(tokens).first(3), 5));
  EXPECT_EQ(shingles(tokens, 4), shingles(tokens, 5));
}

TEST(Shingler, OutputIsAppended) {
  const auto tokens = random_tokens(8, {TokenKind::word});
  std::vector<std::uint64_t> out{7};
  shingle(tokens, 3, out);
  EXPECT_EQ(out.size(), 7u);
  EXPECT_EQ(out[0], 7u);
}

TEST(Shingler, EveryKernelGivesTheSameHashes) {
  for (unsigned n = kMinShingleWords; n <= kMaxShingleWords; ++n) {
    for (std::size_t count = 0; count < 80; ++count) {
      const auto tokens = random_tokens(count, {TokenKind::word}, count);
      std::vector<std::uint64_t> slow;
      for_each_shingle(tokens, n, [&](std::uint64_t hash, std::size_t, std::size_t) { slow.push_back(hash); });
      for (const Kernel kernel : available_kernels()) {
        std::vector<std::uint64_t> fast;
        shingle(tokens, n, fast, kernel);
        ASSERT_EQ(fast, slow) << name(kernel) << ' ' << n << ' ' << count;
      }
    }
  }
}

TEST(Shingler, HashesDependOnOrderAndCount) {
  const Token a = 4, b = 8, zero = 0;
  EXPECT_NE(shingles(std::vector{a, b}, 2), shingles(std::vector{b, a}, 2));
  EXPECT_NE(shingles(std::vector{a}, 5), shingles(std::vector{zero, a}, 5));
  EXPECT_NE(shingles(std::vector{zero}, 5), shingles(std::vector{zero, zero}, 5));
}

TEST(Shingler, DistinctRunsHaveDistinctHashes) {
  RandomStream random(5);
  std::vector<Token> tokens;
  for (int at = 0; at < 200'000; ++at) tokens.push_back(make_token(mix64(random.below(50)), TokenKind::word));
  std::set<std::vector<Token>> runs;
  std::set<std::uint64_t> hashes;
  for_each_shingle(tokens, 4, [&](std::uint64_t hash, std::size_t first, std::size_t count) {
    hashes.insert(hash);
    runs.emplace(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                 tokens.begin() + static_cast<std::ptrdiff_t>(first + count));
  });
  EXPECT_EQ(hashes.size(), runs.size());
}

// Each bit is set in half of n hashes; five standard deviations of the binomial are 2.5 sqrt(n).
TEST(Shingler, AllBitsAreUniform) {
  constexpr std::size_t kCount = 100'000;
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < kCount + 4; ++at) tokens.push_back(make_token(mix64(at), TokenKind::word));
  const auto hashes = shingles(tokens, 5);
  for (unsigned bit = 0; bit < 64; ++bit) {
    const auto set = std::ranges::count_if(hashes, [bit](std::uint64_t hash) { return (hash >> bit & 1) != 0; });
    EXPECT_NEAR(static_cast<double>(set), kCount / 2.0, 2.5 * 316.3) << bit;
  }
}

TEST(Shingler, GoldenHashes) {  // a change here changes the meaning of stored shingles
  EXPECT_EQ(shingles(std::vector<Token>{4, 8, 12}, 2),
            (std::vector<std::uint64_t>{15321729456238187801ULL, 800367952862236277ULL}));
}

}  // namespace
}  // namespace wirecopy
