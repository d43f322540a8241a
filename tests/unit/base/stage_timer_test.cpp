#include "base/stage_timer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

#include "base/memory_size.hpp"

namespace wirecopy {
namespace {

using namespace std::chrono_literals;

constexpr double kBurn = 0.02;
// The kernel may add a thread's time to that of the process one tick (4 ms) late.
constexpr double kTick = 0.005;

void burn_cpu() {
  const double start = thread_cpu_seconds();
  std::atomic<std::uint64_t> sink = 0;
  while (thread_cpu_seconds() - start < kBurn) ++sink;
}

TEST(StageTimes, AreInOrderOfFirstReportAndAddUp) {
  StageTimes times;
  times.add("read", 1.0);
  {
    StageTimer outer(times, "sketch");
    times.add("parse", 0.25);
  }
  times.add("read", 0.5, 2.0);
  const auto stages = times.stages();
  ASSERT_EQ(stages.size(), 3U);
  EXPECT_EQ(stages[0].name, "read");
  EXPECT_DOUBLE_EQ(stages[0].wall, 0.5);
  EXPECT_DOUBLE_EQ(stages[0].cpu, 3.0);
  EXPECT_EQ(stages[1].name, "sketch") << "opened ahead of the stages inside it";
  EXPECT_EQ(stages[2].name, "parse");
  EXPECT_DOUBLE_EQ(stages[2].wall, 0.0);
}

TEST(StageTimer, SleepIsWallTimeOnly) {
  StageTimes times;
  {
    StageTimer timer(times, "sleep");
    std::this_thread::sleep_for(30ms);
  }
  const StageSeconds stage = times.stages().at(0);
  EXPECT_GE(stage.wall, 0.03);
  EXPECT_LT(stage.cpu, stage.wall);
}

TEST(StageTimer, CountsTheCpuTimeOfAllThreads) {
  StageTimes times;
  {
    StageTimer timer(times, "burn");
    std::jthread helper(burn_cpu);
    burn_cpu();
  }
  EXPECT_GE(times.stages().at(0).cpu, 2 * kBurn - kTick);
}

TEST(StageTimer, LeavesCpuTimeToWorkersIfRequested) {
  StageTimes times;
  {
    StageTimer timer(times, "burn", StageCpu::added);
    burn_cpu();
    times.add("burn", 0.125);
  }
  const StageSeconds stage = times.stages().at(0);
  EXPECT_DOUBLE_EQ(stage.cpu, 0.125);
  EXPECT_GE(stage.wall, kBurn);
}

TEST(WorkerTimer, AddsUpOverThreads) {
  StageTimes times;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < 3; ++i) {
      workers.emplace_back([&times] {
        WorkerTimer timer(times, "work");
        burn_cpu();
      });
    }
  }
  const StageSeconds stage = times.stages().at(0);
  EXPECT_GE(stage.cpu, 3 * kBurn);
  EXPECT_DOUBLE_EQ(stage.wall, 0.0);
}

TEST(StageTimes, AcceptAdditionsFromManyThreads) {
  StageTimes times;
  {
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < 4; ++worker) {
      workers.emplace_back([&times] {
        for (int i = 0; i < 1000; ++i) times.add("stage", 1.0);
      });
    }
  }
  EXPECT_DOUBLE_EQ(times.stages().at(0).cpu, 4000.0);
}

TEST(PeakMemory, GrowsWithTouchedMemoryAndNeverShrinks) {
  const std::uint64_t before = peak_memory_bytes();
  ASSERT_GT(before, 0U);
  {
    const auto block = std::make_unique_for_overwrite<char[]>(before + 64_MiB);
    for (std::uint64_t at = 0; at < before + 64_MiB; at += 4_KiB) static_cast<volatile char*>(block.get())[at] = 1;
    EXPECT_GE(peak_memory_bytes(), before + 64_MiB);
  }
  EXPECT_GE(peak_memory_bytes(), before + 64_MiB);
}

}  // namespace
}  // namespace wirecopy
