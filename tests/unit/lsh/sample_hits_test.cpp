#include "lsh/sample_hits.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

TEST(SampleHits, RequireAFifthOfTheThresholdOfTheSmallerSample) {
  EXPECT_TRUE(has_enough_hits(10, 100, 5000, 0.5));
  EXPECT_FALSE(has_enough_hits(9, 100, 5000, 0.5));
  EXPECT_TRUE(has_enough_hits(10, 5000, 100, 0.5));
  EXPECT_TRUE(has_enough_hits(1, 1, 1, 1));
}

TEST(FirstOccurrences, FindsEachShingleOnce) {
  FirstOccurrences firsts;
  RandomStream random(3);
  for (int article = 0; article < 20; ++article) {
    const std::uint32_t size = random.below(300);
    std::set<std::uint64_t> known;
    firsts.start(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint64_t shingle = mix64(2 + random.below(100));
      ASSERT_EQ(firsts.add(shingle), known.insert(shingle).second);
    }
  }
  firsts.start(2);
  EXPECT_TRUE(firsts.add(0));
  EXPECT_FALSE(firsts.add(0));
}

}  // namespace
}  // namespace wirecopy
