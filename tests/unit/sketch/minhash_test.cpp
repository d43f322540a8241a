#include "sketch/minhash.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/hash.hpp"
#include "wirecopy/error.hpp"

namespace wirecopy {
namespace {

struct SetPair {
  std::vector<std::uint64_t> a;
  std::vector<std::uint64_t> b;
  double jaccard;
};

// Two random sets whose union has `size` shingles, of which about `jaccard` are shared.
SetPair random_pair(RandomStream& random, unsigned size, double jaccard) {
  const auto shared = static_cast<unsigned>(std::lround(jaccard * size));
  const unsigned only_a = (size - shared) / 2;
  SetPair pair;
  for (unsigned at = 0; at < size; ++at) {
    const std::uint64_t shingle = random();
    if (at < shared + only_a) pair.a.push_back(shingle);
    if (at < shared || at >= shared + only_a) pair.b.push_back(shingle);
  }
  pair.jaccard = static_cast<double>(shared) / size;
  return pair;
}

double estimate(const MinHasher& hasher, const SetPair& pair) {
  std::vector<std::uint32_t> a(hasher.size());
  std::vector<std::uint32_t> b(hasher.size());
  hasher.sign(pair.a, a);
  hasher.sign(pair.b, b);
  return estimate_jaccard(a, b);
}

// Mean error and mean squared error of estimates.
struct Errors {
  double sum = 0;
  double squares = 0;
  unsigned trials = 0;

  void add(double error) {
    sum += error;
    squares += error * error;
    ++trials;
  }
  // The mean of `trials` errors of variance `variance` has the standard deviation sqrt(variance / trials).
  void expect_no_bias(double variance) const { EXPECT_LE(std::abs(sum / trials), 4.5 * std::sqrt(variance / trials)); }
  // A sample variance of nearly normal errors has the relative standard deviation sqrt(2 / trials).
  void expect_variance_at_most(double variance) const {
    EXPECT_LE(squares / trials, variance * (1 + 4.5 * std::sqrt(2.0 / trials)));
  }
};

TEST(MinHash, EstimatesWithoutBiasAndWithTheTheoreticalVariance) {
  RandomStream random(1);
  for (const unsigned permutations : {64U, 128U, 250U}) {
    for (const unsigned size : {5U, 20U, 100U, 400U, 2000U}) {
      for (const double jaccard : {0.2, 0.5, 0.8}) {
        SCOPED_TRACE(testing::Message() << permutations << " of " << size << " at " << jaccard);
        Errors errors;
        const double exact = random_pair(random, size, jaccard).jaccard;
        const unsigned trials = size < 1000 ? 1000 : 300;
        for (unsigned trial = 0; trial < trials; ++trial) {
          const MinHasher hasher(permutations, trial);
          errors.add(estimate(hasher, random_pair(random, size, jaccard)) - exact);
        }
        const double variance = exact * (1 - exact) / permutations;
        errors.expect_no_bias(variance);
        errors.expect_variance_at_most(variance);
      }
    }
  }
}

// Tests only the randomness of the family: the same two sets under many seeds.
TEST(MinHash, IsRandomEnoughForFixedSets) {
  RandomStream random(2);
  for (const unsigned size : {5U, 50U, 300U, 1500U}) {
    const SetPair pair = random_pair(random, size, 0.4);
    SCOPED_TRACE(size);
    Errors errors;
    for (unsigned seed = 0; seed < 1500; ++seed) errors.add(estimate(MinHasher(128, seed), pair) - pair.jaccard);
    const double variance = pair.jaccard * (1 - pair.jaccard) / 128;
    errors.expect_no_bias(variance);
    errors.expect_variance_at_most(variance);
  }
}

// One hasher for a whole feed: its constants, drawn once, must not be an unlucky choice for many pairs.
TEST(MinHash, WorksForManyPairsUnderOneSeed) {
  RandomStream random(3);
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const MinHasher hasher(128, seed);
    Errors errors;
    for (unsigned trial = 0; trial < 1500; ++trial) errors.add(estimate(hasher, random_pair(random, 300, 0.5)) - 0.5);
    errors.expect_no_bias(0.25 / 128);
    errors.expect_variance_at_most(0.25 / 128);
  }
}

TEST(MinHash, EstimatesSetsOfVeryDifferentSize) {
  RandomStream random(4);
  Errors errors;
  for (unsigned trial = 0; trial < 1500; ++trial) {
    SetPair pair = random_pair(random, 200, 1);
    pair.b.resize(20);  // a part of a: J = 0.1
    errors.add(estimate(MinHasher(128, trial), pair) - 0.1);
  }
  errors.expect_no_bias(0.09 / 128);
  errors.expect_variance_at_most(0.09 / 128);
}

TEST(MinHash, GivesTheEmptySetItsOwnSignature) {
  for (const Kernel kernel : available_kernels()) {
    const MinHasher hasher(100, 1, kernel);
    std::vector<std::uint32_t> empty(100, 0);
    hasher.sign({}, empty);
    EXPECT_EQ(empty, std::vector<std::uint32_t>(100, MinHasher::kEmpty));
    for (std::uint64_t shingle : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{42}}) {
      std::vector<std::uint32_t> one(100);
      hasher.sign({&shingle, 1}, one);
      EXPECT_EQ(std::count(one.begin(), one.end(), MinHasher::kEmpty), 0);
    }
  }
}

TEST(MinHash, GivesDifferentSingleShinglesNothingInCommon) {
  RandomStream random(5);
  const MinHasher hasher(256, 9);
  for (int trial = 0; trial < 100; ++trial) {
    EXPECT_LE(estimate(hasher, {{random()}, {random()}, 0}), 1.0 / 256);  // 256 chances of 2^-32
  }
}

TEST(MinHash, SupportsEveryLengthFromOneToTheMaximum) {
  RandomStream random(6);
  const SetPair pair = random_pair(random, 50, 1);
  for (const unsigned permutations : {1U, 2U, 3U, 4U, 63U, 1023U, 1024U}) {
    const MinHasher hasher(permutations, 1);
    EXPECT_EQ(hasher.size(), permutations);
    EXPECT_EQ(estimate(hasher, pair), 1);
  }
}

TEST(MinHash, RejectsImpossibleLengths) {
  EXPECT_THROW(MinHasher(0, 1), Error);
  EXPECT_THROW(MinHasher(1025, 1), Error);
}

TEST(MinHash, RejectsComparisonsOfDifferentLengths) {
  const std::vector<std::uint32_t> a(64);
  const std::vector<std::uint32_t> b(128);
  EXPECT_THROW((void)estimate_jaccard(a, b), Error);
  EXPECT_THROW((void)estimate_jaccard({}, {}), Error);
  EXPECT_EQ(estimate_jaccard(a, a), 1);
}

TEST(MinHash, SignsAlikeAfterAMove) {
  RandomStream random(7);
  const SetPair pair = random_pair(random, 80, 0.5);
  MinHasher first(128, 3);
  const double before = estimate(first, pair);
  const MinHasher copy = first;
  const MinHasher moved = std::move(first);
  EXPECT_EQ(estimate(copy, pair), before);
  EXPECT_EQ(estimate(moved, pair), before);
}

TEST(MinHash, StandardErrorIsThatOfABinomialShare) {
  EXPECT_DOUBLE_EQ(standard_error(0.5, 100), 0.05);
  EXPECT_EQ(standard_error(0, 128), 0);
  EXPECT_EQ(standard_error(1, 128), 0);
}

}  // namespace
}  // namespace wirecopy
