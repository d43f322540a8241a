// One set of articles on its way through both phases. Shared by all that make a result: dedup() (in files), Collection
// (in tables) and the public Deduplicator. They differ in where articles come from and where the result goes.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "base/large_memory.hpp"
#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "feed/field_map.hpp"
#include "output/summary.hpp"
#include "pipeline/run_context.hpp"
#include "pipeline/sketch_phase.hpp"

namespace wirecopy {

/// Articles whose id an earlier one has.
struct DuplicateIds {
  std::uint64_t count = 0;
  std::string example;  ///< one such id; empty if there is none
};

/// Not thread-safe. Parallel work runs in the caller's arena (in_arena.hpp).
class DedupCore {
 public:
  /// `options` must be valid (validate()); both must outlive it, and `memory`, where the corpus and the resolution keep
  /// their large arrays.
  DedupCore(const Options& options, RunContext& context, std::pmr::memory_resource* memory = large_memory())
      : options_(options), context_(context), corpus_(memory) {}
  DedupCore(const DedupCore&) = delete;
  DedupCore& operator=(const DedupCore&) = delete;

  /// Phase one, of feeds: sketches them into `sink`, and adds what was read to counts() and records(). Throws as
  /// sketch_inputs().
  void sketch(std::span<const Input> inputs, BlockReader::Options reading, const FieldMap& fields,
              const Sketcher& sketcher, const SketchSink& sink, const FeedEvents& events);
  /// Phase two, of all that is in the corpus. Throws as resolve().
  void resolve(const BoilerplateModel* known = nullptr);

  [[nodiscard]] Corpus& corpus() { return corpus_; }
  [[nodiscard]] const Corpus& corpus() const { return corpus_; }
  [[nodiscard]] FeedCounts& counts() { return counts_; }
  [[nodiscard]] const FeedCounts& counts() const { return counts_; }
  /// Of the inputs read, so that their lines can be read again.
  [[nodiscard]] std::vector<InputRecord>& records() { return records_; }
  [[nodiscard]] const std::vector<InputRecord>& records() const { return records_; }
  /// Only after resolve().
  [[nodiscard]] Resolution& resolution() { return *resolution_; }
  [[nodiscard]] const Resolution& resolution() const { return *resolution_; }

  [[nodiscard]] DuplicateIds duplicate_ids() const;
  /// What a summary says of every run; `inputs` and `fields` must outlive it. Only after resolve().
  [[nodiscard]] RunSummary summary(std::span<const Input> inputs, const FieldMap& fields, double wall_seconds,
                                   double cpu_seconds) const;

 private:
  const Options& options_;
  RunContext& context_;
  Corpus corpus_;
  FeedCounts counts_;
  std::vector<InputRecord> records_;
  std::optional<Resolution> resolution_;
};

}  // namespace wirecopy
