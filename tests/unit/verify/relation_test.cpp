#include "verify/relation.hpp"

#include <gtest/gtest.h>

namespace wirecopy {
namespace {

TEST(Similarity, ScoresFollowFromCounts) {
  const Similarity similarity{30, 40, 60};
  EXPECT_DOUBLE_EQ(similarity.jaccard(), 30.0 / 70.0);
  EXPECT_DOUBLE_EQ(similarity.containment(), 0.75);
  EXPECT_DOUBLE_EQ(similarity.contained(), 0.5);
  EXPECT_DOUBLE_EQ(reversed(similarity).containment(), 0.5);
}

TEST(Similarity, EmptySetsAreNotSimilar) {
  EXPECT_EQ(Similarity{}.jaccard(), 0.0);
  EXPECT_EQ(Similarity{}.containment(), 0.0);
}

TEST(Relation, APartIsAnExcerptAndTheWholeIsExtended) {
  EXPECT_EQ(relation_of({90, 100, 300}), Relation::excerpt);
  EXPECT_EQ(relation_of({90, 300, 100}), Relation::extended);
}

TEST(Relation, TextsOfAboutTheSameLengthAreNear) {
  EXPECT_EQ(relation_of({95, 100, 101}), Relation::near);
  EXPECT_EQ(relation_of({60, 100, 100}), Relation::near);
}

TEST(Relation, ReversalChangesExcerptAndExtended) {
  EXPECT_EQ(reversed(Relation::excerpt), Relation::extended);
  EXPECT_EQ(reversed(Relation::extended), Relation::excerpt);
  EXPECT_EQ(reversed(Relation::near), Relation::near);
}

}  // namespace
}  // namespace wirecopy
