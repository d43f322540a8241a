#include "pipeline/memory_plan.hpp"

#include <gtest/gtest.h>

#include <string>
#include <wirecopy/error.hpp>

#include "base/memory_size.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kGrowth = 64;  // of the worst block there is

TEST(MemoryPlan, WithoutABudgetNothingIsBounded) {
  const MemoryPlan plan = plan_memory(UINT64_MAX, 4, 1_MiB);
  EXPECT_EQ(plan.block_size, 1_MiB);
  EXPECT_EQ(plan.blocks, 9U);
  EXPECT_EQ(plan.large_block, SIZE_MAX);
  EXPECT_EQ(plan.workers(1_GiB), 4U);
  EXPECT_NO_THROW(plan.require_for_text(1_GiB, "a text"));
}

TEST(MemoryPlan, KeepsToTheBudgetAndWhatIsBesideItWithAnyNumberOfThreads) {
  constexpr std::uint64_t kProgram = 20_MiB, kBeside = 48_MiB;
  for (const std::uint64_t budget : {64_MiB, 100_MiB, 256_MiB, 1_GiB, 16_GiB}) {
    for (const unsigned threads : {1U, 2U, 8U, 64U, 1024U}) {
      const MemoryPlan plan = plan_memory(budget, threads, 1_MiB);
      const std::uint64_t under_way = plan.blocks * plan.block_size * kGrowth;
      EXPECT_LE(plan.sketches + under_way + plan.window + kProgram, budget + kBeside) << budget << ' ' << threads;
      EXPECT_LE(plan.sketches + plan.arrays + plan.scratch + kProgram, budget + kBeside) << budget << ' ' << threads;
      EXPECT_LE(plan.sketches + plan.one_text + kProgram, budget + kBeside) << budget << ' ' << threads;
      EXPECT_GE(plan.blocks, 2U);
      EXPECT_LE(plan.workers(1_MiB) * 1_MiB, plan.scratch);
      EXPECT_LE(plan.workers(1), threads);
      EXPECT_EQ(plan.workers(UINT64_MAX), 1U);
    }
  }
}

TEST(MemoryPlan, AThreadNeeds24MiB) {
  EXPECT_EQ(max_threads(1), 1U);
  EXPECT_EQ(max_threads(64_MiB), 2U);
  EXPECT_EQ(max_threads(256_MiB), 10U);
  EXPECT_EQ(max_threads(UINT64_MAX), UINT32_MAX);
}

TEST(MemoryPlan, AnAmpleBudgetChangesNothing) {
  const MemoryPlan plan = plan_memory(16_GiB, 2, 1_MiB);
  EXPECT_EQ(plan.block_size, 1_MiB);
  EXPECT_EQ(plan.blocks, 5U);
  EXPECT_GE(plan.large_block, 16_MiB);
}

TEST(MemoryPlan, ATextThatDoesNotFitIsRefusedWithABudgetThatWouldDo) {
  for (const std::uint64_t bytes : {70_MiB, 300_MiB, 5_GiB}) {
    try {
      plan_memory(64_MiB, 1, 1_MiB).require_for_text(bytes, "feed:3: a line of 9 MiB needs");
      FAIL() << bytes;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::resources);
      const std::string said = error.what();
      EXPECT_EQ(said.find("feed:3: a line of 9 MiB needs about "), 0U) << said;
      const std::size_t advice = said.find("; a limit of ");
      ASSERT_NE(advice, std::string::npos) << said;
      const std::size_t number = advice + 13;
      const std::uint64_t budget = parse_memory_budget(said.substr(number, said.find(' ', number) - number));
      EXPECT_NO_THROW(plan_memory(budget, 1, 1_MiB).require_for_text(bytes, "it needs")) << said;
      EXPECT_LE(budget, 4 * bytes) << said;
    }
  }
}

TEST(MemoryBudget, IsSuggestedInRoundNumbers) {
  EXPECT_EQ(suggested_budget(1), "64M");
  EXPECT_EQ(suggested_budget(64_MiB), "64M");
  EXPECT_EQ(suggested_budget(64_MiB + 1), "96M");
  EXPECT_EQ(suggested_budget(97_MiB), "128M");
  EXPECT_EQ(suggested_budget(1_GiB), "1G");
  EXPECT_EQ(suggested_budget(1025_MiB), "1536M");
}

}  // namespace
}  // namespace wirecopy
