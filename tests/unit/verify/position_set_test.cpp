#include "verify/position_set.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

TEST(PositionSet, GivesTheRunsOfWhatWasAdded) {
  RandomStream random(1);
  PositionSet positions;
  for (int trial = 0; trial < 400; ++trial) {
    const std::uint32_t size = 1 + random.below(trial % 2 == 0 ? 300 : 40'000);
    positions.start(size);
    std::set<std::uint32_t> expected, found;
    for (std::uint32_t left = random.below(60); left > 0; --left) {
      const std::uint32_t begin = random.below(size), length = 1 + random.below(random.below(2) == 0 ? 2 : 400);
      const std::uint32_t end = std::min(size, begin + length);
      end == begin + 1 ? positions.add(begin) : positions.add(begin, end);
      for (std::uint32_t at = begin; at < end; ++at) expected.insert(at);
    }
    std::uint32_t behind = 0;
    bool is_first = true;
    positions.take_runs([&](std::uint32_t begin, std::uint32_t end) {
      EXPECT_LT(begin, end);
      if (!std::exchange(is_first, false)) EXPECT_GT(begin, behind);  // runs that touch are one
      for (std::uint32_t at = begin; at < end; ++at) found.insert(at);
      behind = end;
    });
    ASSERT_EQ(found, expected) << trial;
    positions.take_runs([](std::uint32_t, std::uint32_t) { FAIL() << "the set is empty by now"; });
  }
}

}  // namespace
}  // namespace wirecopy
