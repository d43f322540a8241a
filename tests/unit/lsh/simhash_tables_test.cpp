#include "lsh/simhash_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/hash.hpp"
#include "sketch/simhash.hpp"
#include "wirecopy/error.hpp"

namespace wirecopy {
namespace {

using testing::HasSubstr;

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

std::string refusal(unsigned distance, std::uint64_t articles) {
  try {
    const SimHashTables tables(distance, articles);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "accepted";
}

TEST(SimHashTables, RejectsDistancesThatFlood) {
  EXPECT_THAT(refusal(12, 1'000'000), HasSubstr("largest possible is 5"));
  EXPECT_THAT(refusal(6, 1'000'000), HasSubstr("flood"));
  EXPECT_EQ(refusal(5, 1'000'000), "accepted");
  EXPECT_THAT(refusal(64, 10), HasSubstr("largest possible is"));
  EXPECT_THAT(refusal(1'000'000, 10), HasSubstr("largest possible is"));
}

// The distance named in the error message works, and the next one does not.
TEST(SimHashTables, NamesTheLargestPossibleDistance) {
  for (const std::uint64_t articles : {10ULL, 5'000ULL, 300'000ULL, 10'000'000ULL, 4'000'000'000ULL}) {
    const std::string message = refusal(63, articles);
    const auto largest = static_cast<unsigned>(std::stoul(message.substr(message.rfind(' '))));
    EXPECT_EQ(refusal(largest, articles), "accepted");
    EXPECT_NE(refusal(largest + 1, articles), "accepted");
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
