#include "sketch/excerpt_sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

std::vector<std::uint64_t> random_shingles(RandomStream& random, std::size_t count) {
  std::vector<std::uint64_t> shingles(count);
  for (std::uint64_t& shingle : shingles) shingle = random();
  return shingles;
}

TEST(ExcerptSample, ARateOfOneSamplesEverything) {
  const ExcerptSample all(1);
  EXPECT_TRUE(all.takes(0));
  EXPECT_TRUE(all.takes(UINT64_MAX));
}

TEST(ExcerptSample, SamplesAtTheGivenRate) {
  RandomStream random(1);
  constexpr std::size_t kShingles = 100'000;
  for (const double rate : {2.0, 4.7, 16.0}) {
    std::vector<std::uint64_t> sample;
    ExcerptSample(rate).take(random_shingles(random, kShingles), sample);
    const double deviation = std::sqrt(kShingles / rate * (1 - 1 / rate));
    EXPECT_NEAR(static_cast<double>(sample.size()), kShingles / rate, 4.5 * deviation);
  }
}

TEST(ExcerptSample, AppendsInOrderOfPositionWithRepetitions) {
  const ExcerptSample sampler(2);
  std::vector<std::uint64_t> sample{77};
  sampler.take(std::vector<std::uint64_t>{5, UINT64_MAX, 3, 5}, sample);
  EXPECT_EQ(sample, (std::vector<std::uint64_t>{77, 5, 3, 5}));
}

// What two texts share is in both samples or in neither, whatever else they contain.
TEST(ExcerptSample, SharedShinglesAreInBothSamplesOrInNeither) {
  RandomStream random(2);
  const ExcerptSample sampler(4);
  const std::vector<std::uint64_t> shared = random_shingles(random, 100);
  std::vector<std::uint64_t> longer = random_shingles(random, 1000), excerpt = shared, wanted, a, b;
  longer.insert(longer.begin() + 500, shared.begin(), shared.end());
  sampler.take(shared, wanted);
  sampler.take(longer, a);
  sampler.take(excerpt, b);
  const std::set<std::uint64_t> in_a(a.begin(), a.end());
  EXPECT_EQ(b, wanted);
  for (const std::uint64_t each : wanted) EXPECT_TRUE(in_a.contains(each));
}

TEST(ChooseSampleRate, ReachesTheRecall) {
  for (const double shared : {1.0, 5.0, 19.0, 44.0, 300.0}) {
    for (const double recall : {0.5, 0.9, 0.99, 0.999}) {
      const double rate = choose_sample_rate(shared, recall);
      EXPECT_GE(rate, 1.0);
      EXPECT_LE(rate, 16.0);
      EXPECT_GE(1 - std::pow(1 - 1 / rate, shared), recall - 1e-9);
    }
  }
}

TEST(ChooseSampleRate, IsTheLargestPossible) {
  const double rate = choose_sample_rate(19, 0.99);
  EXPECT_LT(rate, 16);
  EXPECT_LT(1 - std::pow(1 - 1 / (1.01 * rate), 19), 0.99);
}

// With actual samples: two texts that share that many shingles share a sampled one.
TEST(ChooseSampleRate, HoldsForSamples) {
  RandomStream random(3);
  constexpr int kTrials = 20'000, kShared = 19;
  const ExcerptSample sampler(choose_sample_rate(kShared, 0.99));
  int found = 0;
  std::vector<std::uint64_t> sample;
  for (int trial = 0; trial < kTrials; ++trial) {
    sample.clear();
    sampler.take(random_shingles(random, kShared), sample);
    found += !sample.empty();
  }
  EXPECT_NEAR(found / double{kTrials}, 0.99, 4.5 * std::sqrt(0.99 * 0.01 / kTrials));
}

}  // namespace
}  // namespace wirecopy
