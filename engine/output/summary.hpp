// summary.json: the parameters, results and costs of a run.
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

/// The contents of a summary. Everything except `run` is the same for any number of threads.
struct RunSummary {
  Options options;
  std::span<const Input> inputs;
  const FeedCounts* counts = nullptr;
  const FieldMap* fields = nullptr;
  const Resolution* resolution = nullptr;
  std::uint64_t duplicate_ids = 0;
  std::optional<std::string> boilerplate_model;  ///< checksum of the model loaded at the start of the run
  std::string recall_check;                      ///< as JSON; empty if there was none

  struct Run {
    unsigned threads = 1;
    Kernel kernel = Kernel::scalar;
    double wall_seconds = 0;
    double cpu_seconds = 0;
    std::vector<StageSeconds> stages;
    std::uint64_t peak_memory = 0;
    std::uint64_t peak_disk = 0;                       ///< bytes of temporary files and of the sketch file
    const std::vector<InputRecord>* inputs = nullptr;  ///< the inputs as they were read, to detect later changes
    std::vector<std::uint64_t> articles;               ///< article_digests() of the inputs
  } run;
};

/// For each input, a 64-bit digest of the lines and positions of its articles. A second reading compares it to detect
/// changes.
[[nodiscard]] std::vector<std::uint64_t> article_digests(const Corpus& corpus, std::size_t inputs);

/// Returns the summary as JSON that ends with a newline.
[[nodiscard]] std::string format_summary(const RunSummary& summary);

}  // namespace wirecopy
