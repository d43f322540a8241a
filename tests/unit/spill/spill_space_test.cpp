#include "spill/spill_space.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory_resource>
#include <numeric>
#include <thread>
#include <vector>
#include <wirecopy/error.hpp>

#include "base/memory_size.hpp"
#include "base/temporary_file.hpp"

namespace wirecopy {
namespace {

TEST(SpillSpace, LargeArraysGoToDiskAndSmallOnesDoNot) {
  SpillSpace space(default_temporary_directory(), 1_GiB);
  const std::pmr::vector<char> small(SpillSpace::kMinMapped - 1, 'x', &space);
  EXPECT_EQ(space.disk_bytes(), 0U);
  {
    const std::pmr::vector<char> large(SpillSpace::kMinMapped, 'x', &space);
    EXPECT_EQ(space.disk_bytes(), SpillSpace::kMinMapped);
  }
  EXPECT_EQ(space.disk_bytes(), 0U);
  EXPECT_EQ(space.peak_disk_bytes(), SpillSpace::kMinMapped);
}

TEST(SpillSpace, LosesNothingWhenPagesAreReleased) {
  SpillSpace space(default_temporary_directory(), 1);  // always over its budget
  std::pmr::vector<std::uint32_t> numbers(std::size_t{16} << 20, &space);
  std::iota(numbers.begin(), numbers.end(), 7U);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (space.releases() == 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  ASSERT_GT(space.releases(), 0U);
  std::uint32_t expected = 7;
  for (const std::uint32_t number : numbers) ASSERT_EQ(number, expected++);
}

TEST(SpillSpace, KeepsTheProcessUnderItsBudget) {
  const std::uint64_t before = resident_memory().total;
  ASSERT_GT(before, 0U);
  SpillSpace space(default_temporary_directory(), before + 96_MiB);
  std::pmr::vector<char> much(512_MiB, &space);
  std::uint64_t most = 0;
  for (std::size_t at = 0; at < much.size(); at += 4_KiB) {
    much[at] = 1;
    if (at % 1_MiB == 0) most = std::max(most, resident_memory().total);
  }
  EXPECT_LT(most, before + 384_MiB);  // pages are touched while the monitor waits to be scheduled; 512 MiB without it
  EXPECT_EQ(std::accumulate(much.begin(), much.end(), 0U), 512_MiB / 4_KiB);
}

TEST(SpillSpace, KeepsArraysInMemoryUpToTheLimit) {
  SpillSpace space("/no/such/directory", 1_GiB, 4_MiB);
  std::pmr::vector<char> first(3_MiB, 'x', &space);
  EXPECT_EQ(space.disk_bytes(), 0U);
  EXPECT_THROW(std::pmr::vector<char>(2_MiB, 'x', &space), Error);
  first = std::pmr::vector<char>(&space);  // released memory may be used again
  EXPECT_NO_THROW(std::pmr::vector<char>(4_MiB, 'x', &space));
  space.keep_nothing_in_memory();
  EXPECT_THROW(std::pmr::vector<char>(2_MiB, 'x', &space), Error);
}

TEST(SpillSpace, StopsARunThatExceedsItsBudget) {
  SpillSpace space(default_temporary_directory(), resident_memory().total);
  EXPECT_NO_THROW(space.relieve());
  const std::vector<char> much(SpillSpace::kTolerance + 64_MiB, 'x');
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  bool is_stopped = false;
  while (!is_stopped && std::chrono::steady_clock::now() < deadline) {
    try {
      space.relieve();
      std::this_thread::yield();
    } catch (const Error& error) {
      is_stopped = error.kind() == ErrorKind::resources;
      EXPECT_NE(std::string(error.what()).find("; a limit of "), std::string::npos) << error.what();
    }
  }
  EXPECT_TRUE(is_stopped);
}

TEST(SpillSpace, ReportsAMissingDirectory) { EXPECT_THROW(SpillSpace("/no/such/directory", 1_GiB), Error); }

TEST(SpillSpace, ReportsTheSizeIfTheDiskIsTooSmall) {
  SpillSpace space(default_temporary_directory(), 1_GiB);
  try {
    static_cast<void>(space.allocate(std::size_t{1} << 50));
    FAIL() << "a petabyte was available";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("1.0 PiB"), std::string::npos) << error.what();
  }
  EXPECT_EQ(space.disk_bytes(), 0U);
}

TEST(MemoryBudget, IsASizeOrAShare) {
  EXPECT_EQ(parse_memory_budget("2G"), 2_GiB);
  EXPECT_EQ(parse_memory_budget("100%"), machine_memory());
  EXPECT_NEAR(static_cast<double>(parse_memory_budget("50%")), static_cast<double>(machine_memory()) / 2, 1);
}

TEST(MemoryBudget, RejectsInvalidSizes) {
  for (const char* text : {"", "%", "0%", "101%", "nan%", "-5%", "2X", "63M", "40 %%"}) {
    EXPECT_THROW(static_cast<void>(parse_memory_budget(text)), Error) << text;
  }
}

}  // namespace
}  // namespace wirecopy
