// What a run will need, estimated from a sample before it starts.
#pragma once

#include <cstdint>

#include "pipeline/dedup_request.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Estimates; those of memory and disk are meant to be a little too high.
struct RunPlan {
  bool is_known = false;  ///< false if the size of an input is not known (pipes), or there is no article in the sample
  std::uint64_t articles = 0;
  std::uint64_t memory = 0;  ///< bytes without a budget
  std::uint64_t disk = 0;    ///< bytes beside the result, if the budget is smaller than that; else 0
  double cpu_seconds = 0;    ///< of the whole run, on this machine as it is now
};

/// Sketches and resolves lines from sixteen places of the feed (feed_sample.hpp) and scales up by bytes. Disk is meant
/// to be at most a fifth too little and half as much again too much, processor time within a factor of two; matches
/// between far places of a large feed are estimated worst, as few of them are in a sample. Takes a few hundredths of a
/// second. Throws Error(io) for inputs that cannot be read.
[[nodiscard]] RunPlan plan_run(const DedupRequest& request, const RunContext& context);

/// Whether inputs are so small that no plan is needed: even if they grew sixty-fourfold they would fit into memory.
[[nodiscard]] bool fits_certainly(const DedupRequest& request);

}  // namespace wirecopy
