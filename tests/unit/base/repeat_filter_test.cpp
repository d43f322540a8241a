#include "base/repeat_filter.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

TEST(RepeatFilter, FindsEveryHashThatOccursTwice) {
  RepeatFilter filter;  // reused, as in a run
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomStream random(seed);
    const std::uint32_t distinct = 1 + random.below(500);
    std::vector<std::uint64_t> hashes(random.below(600));
    for (std::uint64_t& hash : hashes) hash = mix64(random.below(distinct));
    std::map<std::uint64_t, int> count;
    filter.start(hashes.size());
    for (const std::uint64_t hash : hashes) filter.meet(hash), ++count[hash];
    for (const std::uint64_t hash : hashes) {
      ASSERT_TRUE(count[hash] == 1 || filter.occurs_again(hash)) << seed;
    }
  }
}

// With 8 to 16 slots a hash, one that occurs once shares its slot with probability below 1 - (1 - 1/8n)^n < 0.118.
TEST(RepeatFilter, IdentifiesNearlyAllThatOccurOnce) {
  constexpr std::uint64_t kHashes = 100'000;
  RepeatFilter filter;
  filter.start(kHashes);
  for (std::uint64_t i = 0; i < kHashes; ++i) filter.meet(mix64(i));
  std::uint64_t taken_for_repeated = 0;
  for (std::uint64_t i = 0; i < kHashes; ++i) taken_for_repeated += filter.occurs_again(mix64(i));
  EXPECT_LT(taken_for_repeated, kHashes * 118 / 1000);
}

TEST(RepeatFilter, IsEmptyAtTheStart) {
  RepeatFilter filter;
  filter.start(0);
  EXPECT_FALSE(filter.occurs_again(7));
  filter.meet(7), filter.meet(7);
  EXPECT_TRUE(filter.occurs_again(7));
  filter.start(0);
  EXPECT_FALSE(filter.occurs_again(7));
}

}  // namespace
}  // namespace wirecopy
