#include "base/threads.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace wirecopy {
namespace {

TEST(Threads, CountsHowManyCanBeStarted) {
  EXPECT_EQ(startable_threads(0), 0U);
  EXPECT_EQ(startable_threads(3), 3U);
}

TEST(Threads, RunTheirFunctions) {
  std::atomic<int> runs{0};
  {
    const std::jthread first = start_thread<std::jthread>([&runs] { ++runs; });
    const std::jthread second = start_thread<std::jthread>([&runs](const std::stop_token&) { ++runs; });
  }
  EXPECT_EQ(runs, 2);
}

}  // namespace
}  // namespace wirecopy
