#include "sketch/simhash.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

using Shingles = std::vector<std::uint64_t>;

class SimHash : public testing::TestWithParam<Kernel> {
 protected:
  static std::uint64_t of(const Shingles& shingles) { return simhash(shingles, GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Kernels, SimHash, testing::ValuesIn(available_kernels()),
                         [](const auto& kernel) { return std::string(name(kernel.param)); });

TEST_P(SimHash, NoShinglesGiveZeroAndOneShingleGivesItself) {
  EXPECT_EQ(of({}), 0);
  EXPECT_EQ(of({0x0123456789abcdefULL}), 0x0123456789abcdefULL);
}

TEST_P(SimHash, TiesAreZero) {
  EXPECT_EQ(of({0xf0, 0x0f}), 0);
  EXPECT_EQ(of({0xff, 0x0f}), 0x0f);
  EXPECT_EQ(of({0xff, 0x0f, 0x01, 0x00}), 0x01 | 0x00);
  for (std::size_t half = 1; half <= 300; ++half) {
    Shingles shingles(half, ~std::uint64_t{0});
    shingles.resize(2 * half, 0);
    ASSERT_EQ(of(shingles), 0) << half;
    shingles.push_back(~std::uint64_t{0});
    ASSERT_EQ(of(shingles), ~std::uint64_t{0}) << half;
  }
}

TEST_P(SimHash, CountsEveryOccurrence) {
  EXPECT_EQ(of({0xf0, 0x0f}), 0);
  EXPECT_EQ(of({0xf0, 0x0f, 0x0f}), 0x0f);
}

// Charikar: two sets of equal size that share a part s form the angle acos(s) as vectors, and differ in a bit with
// probability acos(s) / pi (for many shingles, where the counters are nearly normal).
TEST_P(SimHash, DistanceFollowsTheAngle) {
  RandomStream random(11);
  constexpr unsigned kSize = 401;
  for (const unsigned shared : {100U, 200U, 300U, 380U}) {
    constexpr int kTrials = 400;
    double distance = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      Shingles a(kSize);
      for (auto& shingle : a) shingle = random();
      Shingles b = a;
      for (std::size_t at = shared; at < b.size(); ++at) b[at] = random();
      distance += hamming(of(a), of(b));
    }
    const double expected = std::acos(static_cast<double>(shared) / kSize) / std::numbers::pi;
    const double error = std::sqrt(expected * (1 - expected) / (64.0 * kTrials));
    EXPECT_NEAR(distance / kTrials / 64, expected, 4.5 * error + 0.002)
        << shared;  // .002: counters are not exactly normal
  }
}

TEST(Hamming, CountsDifferingBits) {
  EXPECT_EQ(hamming(0, 0), 0U);
  EXPECT_EQ(hamming(0, ~std::uint64_t{0}), 64U);
  EXPECT_EQ(hamming(0b1010, 0b0110), 2U);
}

}  // namespace
}  // namespace wirecopy
