#include "verify/relation.hpp"

#include <gtest/gtest.h>

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

TEST(Similarity, TheThresholdIsAboutTheShorterText) {
  EXPECT_DOUBLE_EQ(covering(30, 40, 35, 100).of_shorter(), 0.75);
  EXPECT_DOUBLE_EQ(covering(35, 100, 30, 40).of_shorter(), 0.75);
}

// Where one text repeats a stretch that the other has once, they cover each other differently.
TEST(Similarity, OfEquallyLongTextsTheGreaterShareCounts) {
  EXPECT_DOUBLE_EQ(share_of_shorter(covering(40, 100, 60, 100)), 0.6);
  EXPECT_DOUBLE_EQ(share_of_shorter(covering(60, 100, 40, 100)), 0.6);
  EXPECT_DOUBLE_EQ(share_of_shorter(covering(35, 100, 30, 40)), 0.75);
}

TEST(Similarity, NothingSharedIsZero) {
  const Similarity nothing;
  for (const double score : {nothing.jaccard(), nothing.containment(), nothing.contained(), nothing.of_shorter(),
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
  EXPECT_EQ(back.of_shorter(), similarity.of_shorter());
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
