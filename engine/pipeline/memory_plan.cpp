#include "pipeline/memory_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <wirecopy/error.hpp>

#include "base/memory_size.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kGrowth = 64;      // of a block of the shortest lines, into a sketch
constexpr std::uint64_t kLongGrowth = 32;  // of a long line
constexpr std::size_t kMinBlock = 64_KiB;
// Of the 48 MiB beside the budget, what is left when the program has its own.
constexpr std::uint64_t kSpare = 16_MiB;

}  // namespace

unsigned MemoryPlan::workers(std::uint64_t scratch_of_each) const {
  const std::uint64_t enough = scratch / std::max<std::uint64_t>(scratch_of_each, 1);
  return static_cast<unsigned>(std::clamp<std::uint64_t>(enough, 1, threads));
}

void MemoryPlan::require_for_text(std::uint64_t bytes, const std::string& what) const {
  if (bytes <= one_text) return;
  throw Error(
      ErrorKind::resources,
      fmt::format("{} about {} of memory at once, more than a limit of {} allows; a limit of {} is enough", what,
                  format_byte_size(bytes), format_byte_size(budget), suggested_budget(2 * (bytes - kSpare))));
}

unsigned max_threads(std::uint64_t budget) {
  return static_cast<unsigned>(std::clamp<std::uint64_t>(budget / 24_MiB, 1, UINT32_MAX));
}

MemoryPlan plan_memory(std::uint64_t budget, unsigned threads, std::size_t block_size) {
  MemoryPlan plan;
  plan.threads = threads;
  plan.block_size = block_size;
  plan.blocks = 2 * std::size_t{threads} + 1;
  if (budget == UINT64_MAX) return plan;
  plan.budget = budget;
  plan.sketches = budget / 5 * 2;
  plan.arrays = budget / 5;
  plan.scratch = budget / 4 + kSpare;
  plan.window = std::max<std::uint64_t>(budget / 8, 8_MiB);
  plan.one_text = budget / 2 + kSpare;
  const std::uint64_t lines = budget / 4 / kGrowth;  // bytes under way
  plan.block_size = std::min(block_size, std::max<std::size_t>(lines / plan.blocks, kMinBlock));
  plan.blocks = std::clamp<std::size_t>(lines / plan.block_size, 2, plan.blocks);
  plan.large_block = std::max<std::size_t>(2 * plan.block_size, budget / 4 / kLongGrowth / plan.blocks);
  return plan;
}

}  // namespace wirecopy
