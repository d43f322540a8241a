#include "lsh/banding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/hash.hpp"
#include "sketch/minhash.hpp"
#include "wirecopy/error.hpp"

namespace wirecopy {
namespace {

using testing::HasSubstr;

TEST(Banding, ProbabilityFollowsTheFormula) {
  EXPECT_NEAR(candidate_probability({14, 8}, 0.5), 0.05, 0.005);
  EXPECT_NEAR(candidate_probability({20, 13}, 0.5), 0.002, 0.0005);
  EXPECT_NEAR(candidate_probability({42, 3}, 0.5), 0.996, 0.0005);
  EXPECT_NEAR(candidate_probability({50, 4}, 0.5), 0.96, 0.0005);
  EXPECT_EQ(candidate_probability({20, 5}, 0), 0);
  EXPECT_EQ(candidate_probability({20, 5}, 1), 1);
  EXPECT_DOUBLE_EQ(candidate_probability({1, 1}, 0.3), 0.3);
  EXPECT_NEAR(candidate_probability({3, 60}, 0.5), 3 * std::pow(0.5, 60), 1e-30);
}

TEST(Banding, MoreBandsFindMoreAndMoreRowsFindLess) {
  for (double similarity = 0.1; similarity < 0.95; similarity += 0.1) {
    for (unsigned at = 2; at < 20; ++at) {
      EXPECT_GT(candidate_probability({at, 4}, similarity), candidate_probability({at - 1, 4}, similarity));
      EXPECT_LT(candidate_probability({20, at}, similarity), candidate_probability({20, at - 1}, similarity));
    }
  }
}

// Compared with an exhaustive search over all bandings.
TEST(Banding, ChoosesMostRowsThenFewestBands) {
  for (const unsigned most : {1U, 16U, 128U, 256U}) {
    for (const double similarity : {0.2, 0.5, 0.7, 0.9, 1.0}) {
      for (const double recall : {0.5, 0.9, 0.99}) {
        Banding best;
        for (unsigned rows = 1; rows <= most; ++rows) {
          for (unsigned bands = most / rows; bands >= 1; --bands) {
            if (candidate_probability({bands, rows}, similarity) >= recall) best = {bands, rows};
          }
        }
        SCOPED_TRACE(testing::Message() << most << ' ' << similarity << ' ' << recall);
        if (best.bands == 0) {
          EXPECT_THROW((void)choose_banding(similarity, recall, most), Error);
        } else {
          EXPECT_EQ(choose_banding(similarity, recall, most), best);
        }
      }
    }
  }
}

TEST(Banding, ForSimilarityOfOneHalfAtRecallOf95) { EXPECT_EQ(choose_banding(0.5, 0.95), (Banding{47, 4})); }

std::string refusal(double similarity, double recall, unsigned most) {
  try {
    (void)choose_banding(similarity, recall, most);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "accepted";
}

TEST(Banding, ReportsTheMaximumRecall) {
  EXPECT_THAT(refusal(0.1, 0.99, 16), HasSubstr("0.8147"));  // 1 - 0.9^16
}

TEST(Banding, RejectsInvalidSimilaritiesAndRecalls) {
  EXPECT_THAT(refusal(0, 0.9, 256), HasSubstr("similarity"));
  EXPECT_THAT(refusal(1.1, 0.9, 256), HasSubstr("similarity"));
  EXPECT_THAT(refusal(std::nan(""), 0.9, 256), HasSubstr("similarity"));
  EXPECT_THAT(refusal(0.5, 0, 256), HasSubstr("recall"));
  EXPECT_THAT(refusal(0.5, 1, 256), HasSubstr("recall"));
  EXPECT_THAT(refusal(0.5, 0.9, 0), HasSubstr("permutations"));
  EXPECT_THAT(refusal(0.5, 0.9, 1025), HasSubstr("permutations"));
}

TEST(Banding, CurveRunsFromZeroToOne) {
  const auto curve = s_curve({47, 4}, 10);
  ASSERT_EQ(curve.size(), 11U);
  EXPECT_EQ(curve.front().probability, 0);
  EXPECT_EQ(curve.back().similarity, 1);
  EXPECT_EQ(curve.back().probability, 1);
  EXPECT_DOUBLE_EQ(curve[5].probability, candidate_probability({47, 4}, 0.5));
  for (std::size_t at = 1; at < curve.size(); ++at) EXPECT_GE(curve[at].probability, curve[at - 1].probability);
}

TEST(BandKey, IsEqualForEqualRowsOfTheSameBandOnly) {
  for (const unsigned rows : {1U, 2U, 3U, 4U, 7U}) {
    const Banding banding{5, rows};
    std::vector<std::uint32_t> signature(permutations(banding), 9);
    std::set<std::uint64_t> keys;
    for (unsigned band = 0; band < banding.bands; ++band) keys.insert(band_key(signature, banding, band));
    EXPECT_EQ(keys.size(), banding.bands) << "bands with equal rows have different keys";
    for (std::size_t at = 0; at < signature.size(); ++at) {
      auto other = signature;
      other[at] ^= 1U << (at % 32);
      for (unsigned band = 0; band < banding.bands; ++band) {
        EXPECT_EQ(band_key(other, banding, band) == band_key(signature, banding, band), at / rows != band);
      }
    }
  }
}

TEST(BandKey, DependsOnTheOrderOfRows) {
  const std::vector<std::uint32_t> signature{1, 2, 3};
  const std::vector<std::uint32_t> turned{2, 1, 3};
  EXPECT_NE(band_key(signature, {1, 3}, 0), band_key(turned, {1, 3}, 0));
}

// Share of candidates among random pairs of that similarity with `size` shingles in their union.
double simulated_recall(Banding banding, double similarity, unsigned size, unsigned trials) {
  RandomStream random(banding.bands * 1000 + banding.rows);
  std::vector<std::uint32_t> a(permutations(banding));
  std::vector<std::uint32_t> b(a.size());
  const auto shared = static_cast<unsigned>(std::lround(similarity * size));
  unsigned found = 0;
  for (unsigned trial = 0; trial < trials; ++trial) {
    const MinHasher hasher(permutations(banding), trial);
    std::vector<std::uint64_t> pool(size);
    for (auto& shingle : pool) shingle = random();
    const std::span<const std::uint64_t> all(pool);
    hasher.sign(all.first(shared + (size - shared) / 2), a);
    std::vector<std::uint64_t> rest(pool.begin(), pool.begin() + shared);
    rest.insert(rest.end(), pool.begin() + shared + (size - shared) / 2, pool.end());
    hasher.sign(rest, b);
    bool candidate = false;
    for (unsigned band = 0; band < banding.bands; ++band) {
      candidate |= band_key(a, banding, band) == band_key(b, banding, band);
    }
    found += candidate;
  }
  return static_cast<double>(found) / trials;
}

// A share of `trials` has the standard deviation sqrt(p(1-p)/trials). The signatures' lower variance makes the curve a
// little steeper than the formula (minhash_kernels.cpp): where it is high, recall may be better, never worse; where
// it is low, there may be fewer useless candidates.
void expect_theory(Banding banding, double similarity, unsigned size) {
  constexpr unsigned kTrials = 3000;
  constexpr double kSteeper = 0.015;
  const double theory = candidate_probability(banding, similarity);
  const double tolerance = 4.5 * std::sqrt(theory * (1 - theory) / kTrials);
  const double recall = simulated_recall(banding, similarity, size, kTrials);
  SCOPED_TRACE(testing::Message() << banding.bands << " x " << banding.rows << " at " << similarity << " of " << size);
  EXPECT_GE(recall, theory - tolerance - (theory < 0.5 ? kSteeper : 0));
  EXPECT_LE(recall, theory + tolerance + (theory < 0.5 ? 0 : kSteeper));
}

TEST(Banding, RealSignaturesFollowTheCurve) {
  for (const unsigned size : {20U, 100U, 400U, 1000U}) {
    expect_theory({47, 4}, 0.5, size);
    expect_theory({50, 4}, 0.5, size);
    expect_theory({42, 3}, 0.5, size);
    expect_theory({14, 8}, 0.5, size);
    expect_theory({14, 8}, 0.8, size);
    expect_theory({20, 5}, 0.4, size);
    expect_theory({30, 6}, 0.6, size);
  }
}

}  // namespace
}  // namespace wirecopy
