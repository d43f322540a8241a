// Parallel loops over the items of a pass: the one place where a pass is shared among threads.
#pragma once

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "base/cancellation.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// How a pass is shared: chunks of `grain` items, never larger, as memory is relieved between two chunks; at most
/// `threads` threads, 0: all that the run has.
struct Sharing {
  std::size_t grain = 1;
  unsigned threads = 0;
};

/// Calls `body(begin, end, thread)` for chunks of 0..count-1, in parallel and in any order. `thread` is below the
/// number of threads, and no two chunks have the same one at a time. Counts the progress of the stage. Throws what
/// `body` throws, Error(cancelled) when the context says stop, and Error(resources) where the run has outgrown its
/// memory.
template <typename Body>
void parallel_chunks(std::size_t count, Sharing sharing, RunContext& context, Body body) {
  using Range = oneapi::tbb::blocked_range<std::size_t>;
  context.progress.total = count;
  context.progress.done = 0;
  const auto run_chunk = [&](const Range& range) {
    throw_if_stopped(context.stop);
    context.relieve_memory();
    body(range.begin(), range.end(), static_cast<std::size_t>(oneapi::tbb::this_task_arena::current_thread_index()));
    context.progress.done += range.size();
  };
  oneapi::tbb::task_arena arena(static_cast<int>(sharing.threads == 0 ? context.threads : sharing.threads));
  arena.execute(
      [&] { oneapi::tbb::parallel_for(Range(0, count, sharing.grain), run_chunk, oneapi::tbb::simple_partitioner()); });
}

/// Calls `body(item)` for 0..count-1; otherwise as parallel_chunks().
template <typename Body>
void parallel_items(std::size_t count, Sharing sharing, RunContext& context, Body body) {
  parallel_chunks(count, sharing, context, [&body](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i != end; ++i) body(i);
  });
}

/// Calls `body(item, scratch)` for 0..count-1, with one scratch for each thread: `make(optional)` emplaces it.
template <typename Scratch, typename Make, typename Body>
void parallel_items(std::size_t count, Sharing sharing, RunContext& context, Make make, Body body) {
  std::vector<std::optional<Scratch>> scratches(sharing.threads == 0 ? context.threads : sharing.threads);
  parallel_chunks(count, sharing, context, [&](std::size_t begin, std::size_t end, std::size_t thread) {
    std::optional<Scratch>& scratch = scratches[thread];
    if (!scratch) make(scratch);
    for (std::size_t i = begin; i != end; ++i) body(i, *scratch);
  });
}

}  // namespace wirecopy
