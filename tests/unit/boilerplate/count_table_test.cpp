#include "boilerplate/count_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

TEST(CountTable, CountsEachHolderOnce) {
  CountTable table;
  table.reset(5);
  EXPECT_FALSE(table.contains(7));
  const std::uint32_t place = table.add(7, 0);
  EXPECT_EQ(table.add(7, 0), place);
  EXPECT_EQ(table.counts()[place].count, 1U);
  EXPECT_EQ(table.add(7, 3), place);
  EXPECT_EQ(table.counts()[place].count, 2U);
  EXPECT_EQ(table.counts()[place].last, 3U);
  EXPECT_TRUE(table.contains(7));
  EXPECT_FALSE(table.contains(8));
}

TEST(CountTable, HoldsAsManyDistinctShinglesAsItHasRoomForZeroIncluded) {
  CountTable table;
  for (const std::size_t size : {0, 1, 3, 100, 1638}) {
    table.reset(size);
    RandomStream random(size);
    std::map<std::uint64_t, std::set<std::uint32_t>> holders;
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint64_t shingle = i == 0 ? 0 : random() << 7;  // which share their low bits
      holders[shingle].insert(i);
      table.add(shingle, i);
    }
    for (const auto& [shingle, of_shingle] : holders) {
      EXPECT_EQ(table.counts()[table.find(shingle)].count, of_shingle.size());
    }
    EXPECT_FALSE(table.contains(1));
  }
}

}  // namespace
}  // namespace wirecopy
