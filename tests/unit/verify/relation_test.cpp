#include "verify/relation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace wirecopy {
namespace {

/// Of texts of so many editorial tokens, so many of which stand in the other.
Similarity covering(std::uint32_t covered_first, std::uint32_t first, std::uint32_t covered_second,
                    std::uint32_t second) {
  Similarity similarity;
  similarity.covered_first = covered_first, similarity.tokens_first = first;
  similarity.covered_second = covered_second, similarity.tokens_second = second;
  return similarity;
}

TEST(Similarity, ScoresFollowFromCounts) {
  const Similarity similarity{30, 40, 60, 27, 36, 28, 56, 50, 80, 100};
  EXPECT_DOUBLE_EQ(similarity.jaccard(), 30.0 / 70.0);
  EXPECT_DOUBLE_EQ(similarity.containment(), 0.75);
  EXPECT_DOUBLE_EQ(similarity.contained(), 0.5);
  EXPECT_DOUBLE_EQ(similarity.raw_jaccard(), 50.0 / 130.0);
  EXPECT_DOUBLE_EQ(similarity.raw_containment(), 0.625);
  EXPECT_DOUBLE_EQ(similarity.raw_contained(), 0.5);
}

TEST(Similarity, CoverageIsThatOfTheShorterText) {
  EXPECT_DOUBLE_EQ(covering(30, 40, 35, 100).coverage_of_shorter(), 0.75);
  EXPECT_DOUBLE_EQ(covering(35, 100, 30, 40).coverage_of_shorter(), 0.75);
}

// Where one text repeats a stretch that the other has once, they cover each other differently.
TEST(Similarity, OfEquallyLongTextsTheGreaterCoverageCounts) {
  EXPECT_DOUBLE_EQ(covering(40, 100, 60, 100).coverage_of_shorter(), 0.6);
  EXPECT_DOUBLE_EQ(covering(60, 100, 40, 100).coverage_of_shorter(), 0.6);
}

/// Of a text of 100 tokens, so many of which are covered and so many aligned with a longer one.
Similarity agreeing(std::uint32_t covered, std::uint32_t aligned) {
  Similarity similarity = covering(covered, 100, covered, 200);
  similarity.aligned = 4 * aligned, similarity.alignable = 400;
  return similarity;
}

TEST(Similarity, ReachesAThresholdByCoverageOrByAlignment) {
  for (const double threshold : {0.1, 0.3, 0.5, 0.6}) {
    for (std::uint32_t covered = 0; covered <= 100; ++covered) {
      for (std::uint32_t aligned = 0; aligned <= 100; ++aligned) {
        const double coverage = covered / 100.0, share = aligned / 100.0;
        // A share that is exactly a bound may be rounded to either side of it.
        const auto is_close = [&](double value, double bound) { return std::abs(value - bound) < 1e-9; };
        if (is_close(coverage, 1.6 * threshold) || is_close(coverage, 0.7 * threshold) ||
            is_close(share, 0.96 * threshold)) {
          continue;
        }
        const bool reaches = coverage > 1.6 * threshold || (coverage > 0.7 * threshold && share > 0.96 * threshold);
        ASSERT_EQ(agreeing(covered, aligned).agreement() >= threshold, reaches) << covered << " " << aligned;
      }
    }
  }
}

TEST(Similarity, GrowsWithCoverageAndAlignmentWithoutAJump) {
  for (std::uint32_t covered = 0; covered < 100; ++covered) {
    for (std::uint32_t aligned = 0; aligned < 100; ++aligned) {
      const double here = agreeing(covered, aligned).agreement();
      for (const double more :
           {agreeing(covered + 1, aligned).agreement(), agreeing(covered, aligned + 1).agreement()}) {
        ASSERT_GE(more, here);
        ASSERT_LE(more, here + 0.02);
      }
    }
  }
  EXPECT_EQ(agreeing(0, 0).agreement(), 0.0);
  EXPECT_EQ(agreeing(100, 100).agreement(), 1.0);
}

TEST(Similarity, NothingSharedIsZero) {
  const Similarity nothing;
  for (const double score : {nothing.jaccard(), nothing.containment(), nothing.contained(), nothing.agreement(),
                             nothing.raw_jaccard(), nothing.raw_containment(), nothing.raw_contained()}) {
    EXPECT_EQ(score, 0.0);
  }
}

TEST(Similarity, ReversalChangesTheSidesOfEveryScore) {
  const Similarity similarity{30, 40, 60, 27, 36, 28, 56, 50, 80, 100};
  const Similarity back = reversed(similarity);
  EXPECT_EQ(back.containment(), similarity.contained());
  EXPECT_EQ(back.contained(), similarity.containment());
  EXPECT_EQ(back.jaccard(), similarity.jaccard());
  EXPECT_EQ(back.agreement(), similarity.agreement());
  EXPECT_EQ(back.raw_jaccard(), similarity.raw_jaccard());
  EXPECT_EQ(back.raw_containment(), similarity.raw_contained());
  EXPECT_EQ(reversed(back).covered_first, similarity.covered_first);
}

TEST(Relation, APartIsAnExcerptAndTheWholeIsExtended) {
  EXPECT_EQ(relation_of(covering(90, 100, 90, 300)), Relation::excerpt);
  EXPECT_EQ(relation_of(covering(90, 300, 90, 100)), Relation::extended);
}

TEST(Relation, TextsOfAboutTheSameLengthAreNear) {
  EXPECT_EQ(relation_of(covering(95, 100, 95, 101)), Relation::near);
  EXPECT_EQ(relation_of(covering(60, 100, 60, 100)), Relation::near);
}

TEST(Relation, APartBeginsAtFourFifths) {
  EXPECT_EQ(relation_of(covering(80, 100, 80, 200)), Relation::excerpt);
  EXPECT_EQ(relation_of(covering(79, 100, 79, 200)), Relation::near);
}

TEST(Relation, ReversalChangesExcerptAndExtended) {
  EXPECT_EQ(reversed(Relation::excerpt), Relation::extended);
  EXPECT_EQ(reversed(Relation::extended), Relation::excerpt);
  for (const Relation same : {Relation::exact, Relation::near, Relation::partial}) EXPECT_EQ(reversed(same), same);
}

}  // namespace
}  // namespace wirecopy
