#include "base/hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

namespace wirecopy {
namespace {

struct Golden {
  std::uint64_t seed;
  std::string text;
  std::uint64_t hash;
  Digest digest;
};

// One text for each of XXH3's branches by length. These values are part of cluster ids and of files on disk, so a
// change here is a change of the format.
TEST(Hasher, GoldenValues) {
  const std::vector<Golden> all{
      {0, "", 0x53f9615be5241c37ULL, {0xa251d2eba980a7eeULL, 0x368ffe1f493cd8d2ULL}},
      {0, "a", 0x87019ece03e04db1ULL, {0xd61446ecf2cbe425ULL, 0x87019ece03e04db1ULL}},
      {0, "wire copy", 0x787cfdbf58303635ULL, {0xb65584dfe22f9947ULL, 0xcf6f165ea78513b6ULL}},
      {0, std::string(16, 'x'), 0x36ada1a2a5be39a8ULL, {0xa29aade87d6a8550ULL, 0x384ad322ca2918ddULL}},
      {0, std::string(100, 'x'), 0x8ceed9d5ac515767ULL, {0x3a2d47054bc37b31ULL, 0x4b348695f4841467ULL}},
      {0, std::string(200, 'x'), 0x6252e167de90345dULL, {0xf4400c8844f70b14ULL, 0x3fcaf997f6f83e0bULL}},
      {0, std::string(1000, 'x'), 0x2cc841396676373bULL, {0xf1e53fd29387bd20ULL, 0x2cc841396676373bULL}},
      {42, "a", 0xede48563d4be38bdULL, {0x7b78107532229a1bULL, 0xede48563d4be38bdULL}},
      {42, std::string(1000, 'x'), 0xe31d470127a41c0fULL, {0x025feb37282bd024ULL, 0xe31d470127a41c0fULL}},
  };
  for (const Golden& golden : all) {
    const Hasher hasher(golden.seed);
    EXPECT_EQ(hasher.hash64(golden.text), golden.hash) << golden.seed << " " << golden.text;
    EXPECT_EQ(hasher.digest(golden.text), golden.digest) << golden.seed << " " << golden.text;
  }
}

TEST(Hasher, SeedChangesEveryHash) {
  const Hasher one(1);
  const Hasher two(2);
  for (std::size_t size : {0U, 1U, 5U, 12U, 64U, 200U, 500U}) {
    const std::string text(size, 'z');
    EXPECT_NE(one.hash64(text), two.hash64(text)) << size;
    EXPECT_NE(one.digest(text), two.digest(text)) << size;
  }
}

// The published first values of SplitMix64 for this seed.
TEST(RandomStream, IsSplitMix64) {
  RandomStream random(1234567);
  EXPECT_EQ(random(), 6457827717110365317ULL);
  EXPECT_EQ(random(), 3203168211198807973ULL);
  EXPECT_EQ(random(), 9817491932198370423ULL);
}

// Flipping one input bit flips each output bit with probability 1/2: over n trials the share has a standard deviation
// of 0.5/sqrt(n); over 64 x 64 pairs of bits, 5.5 deviations are exceeded by chance once in 6,000 seeds.
TEST(Mix64, EveryInputBitReachesEveryOutputBit) {
  constexpr int kTrials = 4096;
  RandomStream random(7);
  for (int in = 0; in < 64; ++in) {
    std::vector<int> flips(64);
    for (int trial = 0; trial < kTrials; ++trial) {
      const std::uint64_t x = random();
      const std::uint64_t changed = mix64(x) ^ mix64(x ^ (std::uint64_t{1} << in));
      for (int out = 0; out < 64; ++out) flips[static_cast<std::size_t>(out)] += static_cast<int>(changed >> out & 1);
    }
    for (const int count : flips) EXPECT_NEAR(count, kTrials / 2.0, 5.5 * 0.5 * std::sqrt(kTrials));
  }
}

TEST(RandomStream, BelowStaysInBoundsAndIsUniform) {
  constexpr std::uint32_t kBound = 10;
  constexpr int kDraws = 100000;
  RandomStream random(3);
  std::vector<int> counts(kBound);
  for (int draw = 0; draw < kDraws; ++draw) {
    const std::uint32_t value = random.below(kBound);
    ASSERT_LT(value, kBound);
    ++counts[value];
  }
  const double deviation = std::sqrt(kDraws * 0.1 * 0.9);
  for (const int count : counts) EXPECT_NEAR(count, kDraws * 0.1, 5 * deviation);
  EXPECT_EQ(random.below(1), 0U);
}

TEST(RandomStream, UnitIsBetweenZeroAndOneWithTheRightMean) {
  constexpr int kDraws = 100000;
  RandomStream random(5);
  double sum = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    const double value = random.unit();
    ASSERT_GE(value, 0.0);
    ASSERT_LT(value, 1.0);
    sum += value;
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 5 * std::sqrt(1.0 / 12 / kDraws));
}

}  // namespace
}  // namespace wirecopy
