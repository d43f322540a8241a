// The main job: feeds in, a result out. The command line is glue over this.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/options.hpp>

#include "cluster/resolution.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "feed/field_map.hpp"
#include "output/summary.hpp"
#include "pipeline/recall_check.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

struct RunPlan;

struct DedupRequest {
  std::vector<Input> inputs;
  /// Sketch files to resolve in place of inputs (sketch_feeds() below); their inputs follow one another in this order.
  /// The options that decide what a sketch holds, and the fields, must be theirs.
  std::vector<std::filesystem::path> sketches;
  FieldMap fields;
  Options options;
  std::size_t block_size = std::size_t{1} << 20;
  std::size_t max_line = std::size_t{16} << 20;
  /// Where the result is published; without it the kept lines go to `kept_lines_to`.
  std::optional<std::filesystem::path> out;
  bool replace = false;  ///< an older result in `out` is replaced
  bool write_matches = false;
  std::uint64_t check_recall = 0;  ///< articles on which the recall of candidates is checked
  /// A boilerplate model (boilerplate/model_file.hpp): if it exists, it is united with what the feed teaches; at the
  /// end of a run that succeeds the union takes its place. Not together with Options::boilerplate off (Error(usage)).
  std::optional<std::filesystem::path> boilerplate_model;
  /// What an index remembers of articles that would be kept; none: there is no index. Called with some thousand at a
  /// time, by one thread.
  std::function<std::vector<std::optional<KnownCopy>>(const Corpus&, std::span<const ArticleId>)> against;
  bool write_unique = true;  ///< unique.jsonl and boilerplate.jsonl, which need the inputs once more
  int kept_lines_to = 1;     ///< a file descriptor
  /// Bytes that the process should stay under: what needs more goes to disk. Results do not depend on it.
  std::uint64_t memory = UINT64_MAX;
  /// For what does not fit into memory and what cannot be read twice; empty: beside `out`, or else the system's.
  std::filesystem::path temporary;
  /// Goes on where an earlier run with the same `out`, inputs and parameters was stopped. Its state is in
  /// state_of(out); without `resume` such a state is refused (Error(usage)).
  bool resume = false;
};

/// Where a run keeps what it would go on with: `out` with ".partial" behind it. There only while a run that has
/// outgrown its memory is under way, or after it was stopped.
[[nodiscard]] std::filesystem::path state_of(const std::filesystem::path& out);
/// Whether there is something to go on with.
[[nodiscard]] bool is_resumable(const std::filesystem::path& out);

/// The seed of what a run with --out that was stopped, or wirecopy sketch, has left; none where that is nothing.
[[nodiscard]] std::optional<std::uint64_t> seed_of_unfinished(const std::filesystem::path& out);
[[nodiscard]] std::optional<std::uint64_t> seed_of_unfinished_sketch(const std::filesystem::path& file);

/// What the run tells while it goes on; called by one thread at a time.
struct DedupEvents {
  /// Before the run, if what it needs is more than its memory.
  std::function<void(const RunPlan&)> on_plan = [](const RunPlan&) {};
  std::function<void(const FieldUsage&)> on_mapping = [](const FieldUsage&) {};
  std::function<void(const Reject&)> on_reject = [](const Reject&) {};
  /// What the user should know about the inputs.
  std::function<void(const std::string&)> on_warning = [](const std::string&) {};
};

struct DedupReport {
  FeedCounts counts;
  std::uint64_t kept = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t clusters = 0;
  std::uint64_t duplicate_ids = 0;
  std::string example_of_duplicate_id;
  std::vector<std::string> warnings;  ///< about the fields
  std::optional<RecallCheck> recall;  ///< if it was asked for
};

/// Runs the whole program. Throws Error for what stops it; nothing is left under the final name then. Kept lines that
/// go to a descriptor cannot be taken back: those already written are whole, and are the first of what the run keeps.
/// An input that lies inside the directory to be replaced, or is the file that the kept lines go to, is refused
/// (Error(usage)).
DedupReport dedup(const DedupRequest& request, const DedupEvents& events, RunContext& context);

/// The first phase alone: sketches the inputs of a request into one file, which is there whole or not at all. All
/// inputs must be regular files (Error(usage)). With `resume`, goes on with what a run that was stopped has left in
/// state_of(file).
FeedCounts sketch_feeds(const DedupRequest& request, const std::filesystem::path& file, const DedupEvents& events,
                        RunContext& context);

}  // namespace wirecopy
