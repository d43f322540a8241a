// summary.json: what a run was asked to do, what came of it, and what it cost.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "base/kernel.hpp"
#include "base/stage_timer.hpp"
#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "feed/field_map.hpp"
#include "feed/input.hpp"

namespace wirecopy {

/// All that a summary speaks of. Everything but `run` is the same for any number of threads.
struct RunSummary {
  Options options;
  std::span<const Input> inputs;
  const FeedCounts* counts = nullptr;
  const FieldMap* fields = nullptr;
  const Resolution* resolution = nullptr;
  std::uint64_t duplicate_ids = 0;
  std::optional<std::string> boilerplate_model;  ///< checksum of the model that the run began with
  std::string recall_check;                      ///< as JSON; empty without one

  struct Run {
    unsigned threads = 1;
    Kernel kernel = Kernel::scalar;
    double wall_seconds = 0;
    double cpu_seconds = 0;
    std::vector<StageSeconds> stages;
    std::uint64_t peak_memory = 0;
    std::uint64_t peak_disk = 0;                       ///< bytes of temporary files, and of the sketch file
    const std::vector<InputRecord>* inputs = nullptr;  ///< what was read, so that a change can be noticed
    std::vector<std::uint64_t> articles;               ///< article_digests() of them
  } run;
};

/// For each of so many inputs a digest of its articles' lines and where they stand, by which a second reading of all
/// can tell whether it found the same. 64 bits each.
[[nodiscard]] std::vector<std::uint64_t> article_digests(const Corpus& corpus, std::size_t inputs);

/// The summary as JSON, ending in a newline.
[[nodiscard]] std::string format_summary(const RunSummary& summary);

}  // namespace wirecopy
