// What every pass of a run shares and no result depends on: threads, times, progress, the request to stop.
#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>

#include "base/kernel.hpp"
#include "base/stage_timer.hpp"
#include "pipeline/memory_plan.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {

/// How far a run is; written by its passes, read by a progress bar.
struct Progress {
  std::atomic<const char*> stage{"start"};  ///< a literal
  std::atomic<std::uint64_t> raw_bytes{0};  ///< taken from the inputs, before decompression
  std::atomic<std::uint64_t> bytes{0};      ///< the same after it
  std::atomic<std::uint64_t> articles{0};
  std::atomic<std::uint64_t> done{0};  ///< of `total` units of the stage
  std::atomic<std::uint64_t> total{0};
};

struct RunContext {
  unsigned threads = 1;
  Kernel kernel = Kernel::scalar;
  MemoryPlan memory;            ///< no bounds unless set
  SpillSpace* space = nullptr;  ///< where large arrays are, if not in memory
  StageTimes times;
  Progress progress;
  std::stop_token stop;

  /// Called by passes now and then, at least once for a few megabytes that they have touched. Throws Error(resources)
  /// where the run has outgrown its memory.
  void relieve_memory() const {
    if (space != nullptr) space->relieve();
  }
};

}  // namespace wirecopy
