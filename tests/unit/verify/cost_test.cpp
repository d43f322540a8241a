// What comparing may cost: what the shorter text costs, once the longer one is loaded.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

#include "base/hash.hpp"
#include "verify/pair_judge.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kExcerpts = 2000, kExcerptTokens = 60;
// Quadratic work would take sixteen times as long; the rest is room for caches that are too small.
constexpr double kMostRatio = 5;

std::vector<Token> fresh_tokens(std::size_t count, std::uint64_t seed) {
  std::vector<Token> tokens(count);
  for (std::size_t i = 0; i < count; ++i) tokens[i] = make_token(mix64(seed * 100'000'000 + i), TokenKind::word);
  return tokens;
}

JudgedArticle article(std::span<const Token> tokens, std::uint64_t number) {
  const ComparedText text{tokens.subspan(5), {}};
  JudgedArticle made{{number, number}, number, kNoDate, tokens, 5, text, measure_editorial(text.tokens, 3, {})};
  return made;
}

/// Processor time of comparing excerpts with a text that holds all of them, loading not counted: the best of three.
double seconds_with(std::size_t giant_tokens) {
  const Options options;
  const std::vector<Token> giant = fresh_tokens(giant_tokens, 1);
  PairJudge judge(options);
  judge.hold(article(giant, 0));
  double best = 1e9;
  for (int trial = 0; trial < 3; ++trial) {
    std::size_t matches = 0;
    const std::clock_t start = std::clock();
    for (std::size_t i = 0; i < kExcerpts; ++i) {
      const std::size_t at = 5 + (i * 7919) % (giant_tokens - 5 - kExcerptTokens);
      std::vector<Token> tokens(giant.begin(), giant.begin() + 8);  // a title, and how the giant begins
      tokens.insert(tokens.end(), giant.begin() + static_cast<std::ptrdiff_t>(at),
                    giant.begin() + static_cast<std::ptrdiff_t>(at + kExcerptTokens));
      matches += judge.match(article(tokens, i + 1)).has_value();
    }
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    EXPECT_EQ(matches, kExcerpts);
  }
  return best;
}

TEST(Cost, ComparingWithALongTextCostsWhatTheShortOneCosts) {
  EXPECT_LT(seconds_with(800'000), kMostRatio * seconds_with(50'000));
}

}  // namespace
}  // namespace wirecopy
