#include "lsh/simhash_tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/hash.hpp"
#include "sketch/simhash.hpp"

namespace wirecopy {
namespace {

bool share_a_key(const SimHashTables& tables, std::uint64_t a, std::uint64_t b) {
  for (unsigned table = 0; table < tables.size(); ++table) {
    if (tables.key(a, table) == tables.key(b, table)) return true;
  }
  return false;
}

TEST(SimHashTables, UsesOneTableOfTheWholeHashForDistanceZero) {
  const SimHashTables tables(0, 1'000'000);
  EXPECT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables.key_bits(), 64U);
  EXPECT_FALSE(share_a_key(tables, 1, 0));
}

TEST(SimHashTables, UsesTheFewestTablesThatDoNotFlood) {
  EXPECT_EQ(SimHashTables(3, 1).size(), 4U);  // 4 blocks, keys of 16 bits
  EXPECT_EQ(SimHashTables(3, 65'536).size(), 4U);
  EXPECT_EQ(SimHashTables(3, 65'537).size(), 10U);  // 5 blocks, 25 bits
  EXPECT_EQ(SimHashTables(3, 10'000'000).size(), 10U);
  EXPECT_EQ(SimHashTables(3, 100'000'000).size(), 20U);  // 6 blocks, 31 bits
  EXPECT_EQ(SimHashTables(6, 22'081).size(), 28U);       // 8 blocks, 16 bits
}

TEST(SimHashTables, KeysHaveEnoughBits) {
  for (unsigned distance = 0; distance <= 8; ++distance) {
    const SimHashTables tables(distance, 1000);
    EXPECT_LE(tables.size(), SimHashTables::kMaxTables);
    EXPECT_GE(tables.key_bits(), 10U) << "2^10 buckets for 1000 articles";
    unsigned shortest = 64;
    for (unsigned table = 0; table < tables.size(); ++table) {
      unsigned bits = 0;
      for (unsigned bit = 0; bit < 64; ++bit) {
        bits += tables.key(0, table) != tables.key(std::uint64_t{1} << bit, table);
      }
      shortest = std::min(shortest, bits);
    }
    EXPECT_EQ(tables.key_bits(), shortest);
  }
}

TEST(SimHashTables, TheDistanceFollowsTheNumberOfArticles) {
  EXPECT_EQ(SimHashTables::max_distance(6, 10'000), 6U);
  EXPECT_EQ(SimHashTables::max_distance(6, 1'000'000), 5U);
  EXPECT_EQ(SimHashTables::max_distance(5, 1'000'000), 5U);
  EXPECT_EQ(SimHashTables::max_distance(3, 1'000'000), 3U);
  EXPECT_EQ(SimHashTables(12, 1'000'000).distance(), 5U);
  EXPECT_LT(SimHashTables::max_distance(1'000'000, 10), 64U);
}

// The tables of the largest distance do not flood, and there are not too many of them.
TEST(SimHashTables, TheLargestDistanceDoesNotFlood) {
  for (const std::uint64_t articles : {10ULL, 5'000ULL, 300'000ULL, 10'000'000ULL, 4'000'000'000ULL}) {
    const SimHashTables tables(63, articles);
    EXPECT_LE(tables.size(), SimHashTables::kMaxTables);
    EXPECT_LE(std::ldexp(static_cast<double>(articles), -static_cast<int>(tables.key_bits())), 1);
    EXPECT_EQ(SimHashTables::max_distance(63, articles), tables.distance());
  }
}

// All ways to flip up to three bits of one SimHash.
TEST(SimHashTables, FindsEveryPatternOfUpToThreeBits) {
  const SimHashTables tables(3, 10'000'000);
  const std::uint64_t a = mix64(1);
  for (unsigned i = 0; i < 64; ++i) {
    for (unsigned j = i; j < 64; ++j) {
      for (unsigned k = j; k < 64; ++k) {
        const std::uint64_t turned = std::uint64_t{1} << i | std::uint64_t{1} << j | std::uint64_t{1} << k;
        ASSERT_TRUE(share_a_key(tables, a, a ^ turned)) << i << ' ' << j << ' ' << k;
      }
    }
  }
}

TEST(SimHashTables, KeysOfOneTableAreExact) {
  const SimHashTables tables(3, 65'537);
  RandomStream random(4);
  std::set<std::uint64_t> keys;
  for (int at = 0; at < 20'000; ++at) keys.insert(tables.key(random(), 0));
  EXPECT_GE(keys.size(), 19'980U);  // 20,000 in 2^25 or more slots: 6 expected twins, standard deviation 2.4
}

}  // namespace
}  // namespace wirecopy
