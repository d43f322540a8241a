#include "base/name_map.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <wirecopy/seed.hpp>

namespace wirecopy {
namespace {

TEST(RandomSeed, IsAnotherOneEachTime) { EXPECT_NE(random_seed(), random_seed()); }

TEST(NameMap, FindsNamesByTheirBytes) {
  NameMap<int> numbers;
  EXPECT_TRUE(numbers.try_emplace("one", 1).second);
  EXPECT_FALSE(numbers.try_emplace("one", 2).second);
  EXPECT_EQ(numbers.at("one"), 1);
  EXPECT_FALSE(numbers.contains(std::string("one\0", 4)));
  EXPECT_EQ(hash_name("one"), hash_name(std::string("one")));
}

// Made by tests/cost/hostile_feeds.py, which says how.
TEST(NameMap, NamesThatStdHashConfusesAreToldApart) {
  const std::string names[] = {"eyrsrmkioh}{O,@/", "vibhrtmp:d;1bEEK"};
  ASSERT_EQ(std::hash<std::string>()(names[0]), std::hash<std::string>()(names[1])) << "another standard library";
  EXPECT_NE(hash_name(names[0]), hash_name(names[1]));
}

}  // namespace
}  // namespace wirecopy
