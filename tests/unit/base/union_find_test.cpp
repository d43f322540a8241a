#include "base/union_find.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

TEST(UnionFind, StartsWithSetsOfOne) {
  UnionFind sets(3);
  for (std::uint32_t i = 0; i < 3; ++i) EXPECT_EQ(sets.find(i), i);
}

TEST(UnionFind, NamesASetByItsSmallestElement) {
  UnionFind sets(6);
  EXPECT_TRUE(sets.unite(5, 3));
  EXPECT_TRUE(sets.unite(3, 4));
  EXPECT_FALSE(sets.unite(5, 4));
  EXPECT_EQ(sets.find(5), 3U);
  EXPECT_TRUE(sets.unite(1, 5));
  for (const std::uint32_t element : {1U, 3U, 4U, 5U}) EXPECT_EQ(sets.find(element), 1U);
}

// The naive twin relabels one whole set at every union.
TEST(UnionFind, AgreesWithRelabelling) {
  constexpr std::uint32_t kSize = 300;
  RandomStream random(5);
  UnionFind sets(kSize);
  std::vector<std::uint32_t> label(kSize);
  for (std::uint32_t i = 0; i < kSize; ++i) label[i] = i;
  for (int step = 0; step < 400; ++step) {
    const std::uint32_t a = random.below(kSize), b = random.below(kSize);
    const std::uint32_t low = std::min(label[a], label[b]), high = std::max(label[a], label[b]);
    EXPECT_EQ(sets.unite(a, b), low != high);
    for (std::uint32_t& l : label) l = l == high ? low : l;
    for (std::uint32_t i = 0; i < kSize; ++i) ASSERT_EQ(sets.find(i), label[i]);
  }
}

}  // namespace
}  // namespace wirecopy
