#include "boilerplate/model.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

TEST(ShingleSet, HoldsWhatItWasMadeOf) {
  RandomStream random(3);
  std::vector<std::uint64_t> in, out;
  for (int i = 0; i < 1000; ++i) in.push_back(random()), out.push_back(random());
  const ShingleSet set(in);
  for (const std::uint64_t each : in) EXPECT_TRUE(set.contains(each));
  for (const std::uint64_t each : out) EXPECT_FALSE(set.contains(each));
  EXPECT_EQ(set.size(), 1000U);
  std::sort(in.begin(), in.end());
  EXPECT_EQ(set.sorted(), in);
}

TEST(ShingleSet, CountsRepetitionsOnce) {
  const std::vector<std::uint64_t> three{7, 7, 9, 7, 9, 11};
  EXPECT_EQ(ShingleSet(three).size(), 3U);
}

TEST(ShingleSet, HoldsZeroAndTheGreatest) {
  const std::vector<std::uint64_t> ends{0, UINT64_MAX};
  const ShingleSet set(ends);
  EXPECT_TRUE(set.contains(0));
  EXPECT_TRUE(set.contains(UINT64_MAX));
  EXPECT_FALSE(set.contains(2));
}

TEST(ShingleSet, AnEmptyOneHoldsNothing) {
  EXPECT_TRUE(ShingleSet().empty());
  EXPECT_FALSE(ShingleSet().contains(0));
  EXPECT_TRUE(ShingleSet(std::vector<std::uint64_t>{}).empty());
}

TEST(BoilerplateModel, KnowsEachSourceApart) {
  BoilerplateModel model;
  model.set("x", ShingleSet(std::vector<std::uint64_t>{1, 2}));
  model.set("y", ShingleSet(std::vector<std::uint64_t>{3}));
  EXPECT_TRUE(model.of("x").contains(2));
  EXPECT_FALSE(model.of("y").contains(2));
  EXPECT_TRUE(model.of("z").empty());
  EXPECT_EQ(model.sources(), 2U);
}

TEST(BoilerplateModel, SharedBoilerplateIsIgnoredInAllSources) {
  BoilerplateModel model;
  model.set("x", ShingleSet(std::vector<std::uint64_t>{1}));
  model.set_shared(ShingleSet(std::vector<std::uint64_t>{2}));
  for (const std::string source : {"x", "y", ""}) {
    EXPECT_TRUE(model.ignored_in(source).contains(2));
    EXPECT_EQ(model.ignored_in(source).contains(1), source == "x");
    EXPECT_FALSE(model.ignored_in(source).contains(3));
    EXPECT_FALSE(model.ignored_in(source).empty());
  }
  EXPECT_FALSE(model.of("x").contains(2));
  model.set("x", ShingleSet());
  EXPECT_FALSE(model.empty());
}

TEST(BoilerplateModel, LeavesOutSourcesWithoutBoilerplate) {
  BoilerplateModel model;
  model.set("x", ShingleSet());
  EXPECT_TRUE(model.empty());
  model.set("x", ShingleSet(std::vector<std::uint64_t>{1}));
  model.set("x", ShingleSet());
  EXPECT_TRUE(model.empty());
}

}  // namespace
}  // namespace wirecopy
