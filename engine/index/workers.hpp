// The threads of an index, and the scratch of each.
#pragma once

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "corpus/corpus.hpp"
#include "index/texts.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {

/// A remembered article that holds a hash.
struct PostingHit {
  ArticleKey key;
  std::uint32_t samples = 0;  ///< that the article has posted
};

/// Scratch of one thread.
struct IndexWorker {
  explicit IndexWorker(const Options& options) : judge(options), long_text(options) {}
  SketchScratch sketch;
  SketchBlock block;
  SourceTable sources;
  TextJudge judge;
  MarkedText first, second;
  LongText long_text;
  std::vector<PostingHit> hits;
};

/// Thread-safe. The options must outlive it.
class IndexWorkers {
 public:
  IndexWorkers(const Options& options, unsigned threads)
      : arena_(static_cast<int>(threads)), workers_([&options] { return IndexWorker(options); }) {}

  /// The calling thread's.
  [[nodiscard]] IndexWorker& local() { return workers_.local(); }

  /// Calls `body(item, worker)` for 0..count-1: in parallel, in chunks of `grain`, if there are more than that. A
  /// single article does not leave its thread.
  template <typename Body>
  void for_all(std::size_t count, std::size_t grain, Body body) {
    if (count <= grain || arena_.max_concurrency() == 1) {
      IndexWorker& worker = workers_.local();
      for (std::size_t i = 0; i < count; ++i) body(i, worker);
      return;
    }
    using Range = oneapi::tbb::blocked_range<std::size_t>;
    arena_.execute([&] {
      oneapi::tbb::parallel_for(Range(0, count, grain), [&](const Range& range) {
        IndexWorker& worker = workers_.local();
        for (std::size_t i = range.begin(); i != range.end(); ++i) body(i, worker);
      });
    });
  }

 private:
  oneapi::tbb::task_arena arena_;
  oneapi::tbb::enumerable_thread_specific<IndexWorker> workers_;
};

}  // namespace wirecopy
