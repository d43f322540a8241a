// How a run divides the memory that it was given: every consumer, with its bound, in one place.
//
// The promise: the process's peak of resident memory, pages of files included, stays within --memory and 48 MiB, with
// any number of threads and for any feed; or the run is refused with an Error that names a limit that would do. Results
// are the same bytes for every budget, as the plan decides where things are and how many are under way, never what is
// computed.
//
//   consumer                                   bound
//   the program, its tables and libraries      20 MiB, out of the 48 beside the budget
//   blocks of the feed under way               blocks * kGrowth * block_size <= a quarter of the budget; where that is
//                                              too little for the requested blocks, they become smaller, and
//                                              then fewer
//   a block larger than that, as one long      nothing else is under way with it; the memory that it takes is known
//     line makes it                            beforehand from what it holds (sketch_phase.cpp), and given back
//                                              afterwards
//   a zstd stream's window                     an eighth of the budget, 8 MiB at least
//   sketches until they go to a file           sketches
//   arrays about articles, candidates,         arrays, until sketches are in a file: then none. What is beyond that is
//     matches, learners' tables                in files, whose pages the memory monitor releases (spill_space.hpp)
//   scratch of threads                         scratch: a pass runs on as many threads as that is enough for, given
//                                              what the longest text of the pass takes of each
//   results of a pass before they are in       scratch / 4: passes work slice by slice
//     an array
//   anything else                              is found by the memory monitor, which stops the run
//
// kGrowth is that of the worst line there is: "{}", three bytes with its end, is an article, whose record takes 136
// bytes. The worst text, squared kana words (six tokens in three bytes), grows twelvefold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace wirecopy {

struct MemoryPlan {
  std::uint64_t budget = UINT64_MAX;
  unsigned threads = 1;
  std::uint64_t sketches = UINT64_MAX;  ///< bytes of sketches in memory; with more they go to a file
  std::uint64_t arrays = UINT64_MAX;    ///< bytes of large arrays in memory while sketches are
  std::uint64_t scratch = UINT64_MAX;   ///< bytes of all threads together
  std::size_t block_size = std::size_t{1} << 20;
  std::size_t blocks = SIZE_MAX;        ///< under way at a time
  std::size_t large_block = SIZE_MAX;   ///< bytes of a block beyond which it is worked on alone
  std::uint64_t window = UINT64_MAX;    ///< of a decompressor
  std::uint64_t one_text = UINT64_MAX;  ///< what may be taken for a single text, with nothing else under way

  /// Threads for a pass of which each needs so many bytes of scratch: 1 to `threads`.
  [[nodiscard]] unsigned workers(std::uint64_t scratch_of_each) const;
  /// What may wait on the heap until it is put into an array.
  [[nodiscard]] std::uint64_t slice() const { return scratch / 4; }
  /// Throws Error(resources) if `bytes` are more than one_text: `what` needs them, which begins with its place.
  void require_for_text(std::uint64_t bytes, const std::string& what) const;
};

/// Threads that a budget has room for: one for each 24 MiB, 1 at least. Each has a heap and scratch of its own, and the
/// more there are, the faster they bring pages back that the memory monitor has taken away.
[[nodiscard]] unsigned max_threads(std::uint64_t budget);

/// `block_size`: as requested. `budget` UINT64_MAX: no bounds.
[[nodiscard]] MemoryPlan plan_memory(std::uint64_t budget, unsigned threads, std::size_t block_size);

}  // namespace wirecopy
