// What a run is given, what it reports on the way, and what it reports at the end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>
#include <wirecopy/options.hpp>

#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "feed/feed_check.hpp"
#include "feed/feed_counts.hpp"
#include "feed/field_map.hpp"
#include "feed/input.hpp"
#include "feed/reject.hpp"
#include "pipeline/recall_check.hpp"

namespace wirecopy {

struct RunPlan;

/// Feeds that are read and sketched.
struct FeedSource {
  std::vector<Input> inputs;
};

/// Sketch files (sketch_feeds() in dedup.hpp) that are resolved.
struct SketchSource {
  std::vector<std::filesystem::path> files;
  std::vector<Input> inputs;  ///< those of all files, in this order
};

/// The kept lines, as they were, without any evidence.
struct KeptLines {
  int descriptor = 1;
};

/// A result with its evidence, published as a whole.
struct ResultDirectory {
  std::filesystem::path path;
  bool replace = false;        ///< an older result at `path` is replaced
  bool write_matches = false;  ///< matches.jsonl
  bool write_unique = true;    ///< unique.jsonl and boilerplate.jsonl, for which the inputs are read again
};

struct DedupRequest {
  /// With sketches, `fields` and the options that decide what a sketch holds must be those of the sketches.
  std::variant<FeedSource, SketchSource> source;
  std::variant<KeptLines, ResultDirectory> output;
  FieldMap fields;
  Options options;
  std::size_t block_size = std::size_t{1} << 20;
  std::size_t max_line = std::size_t{16} << 20;
  std::uint64_t check_recall = 0;  ///< articles on which the recall of candidates is checked
  /// A boilerplate model (boilerplate/model_file.hpp). If the file exists, its model is united with what is learned
  /// from the feed. A run that succeeds replaces the file by the union. Not together with Options::boilerplate off
  /// (Error(usage)).
  std::optional<std::filesystem::path> boilerplate_model;
  /// Which of some articles that would be kept are copies of what an index remembers; empty: there is no index. Called
  /// with some thousand articles at a time, by one thread.
  std::function<std::vector<std::optional<KnownCopy>>(const Corpus&, std::span<const ArticleId>)> against;
  /// Bytes that the process should stay under: what needs more goes to disk. Results do not depend on it.
  std::uint64_t memory = UINT64_MAX;
  /// For what does not fit into memory and what cannot be read twice; empty: beside the result directory, or else the
  /// system's.
  std::filesystem::path temporary;
  /// Continue where an earlier run with the same output, inputs and parameters was stopped. Its state is in
  /// state_of(); without `resume`, the existence of such a state is refused (Error(usage)).
  bool resume = false;

  /// Whether lines of which none is an article, or articles of which none has a text, are accepted
  /// (DedupReport::fault).
  bool allow_empty = false;

  /// Of either source.
  [[nodiscard]] const std::vector<Input>& inputs() const {
    return std::visit([](const auto& from) -> const std::vector<Input>& { return from.inputs; }, source);
  }
  /// Null: the kept lines go to a descriptor.
  [[nodiscard]] const ResultDirectory* directory() const { return std::get_if<ResultDirectory>(&output); }
};

/// What a run reports while it is under way; called by one thread at a time.
struct DedupEvents {
  /// Before the run, if it needs more than its memory.
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
  std::vector<std::string> warnings;  ///< about the fields, and about options that had to be limited
  /// Why the feed was of no use. A result directory is published, but nothing is written to a descriptor.
  std::optional<UnusableFeed> fault;
  std::optional<RecallCheck> recall;  ///< if DedupRequest::check_recall is not 0
};

}  // namespace wirecopy
