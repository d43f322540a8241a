// Articles gathered from feeds or handed over in blocks, and what was found out about them: for callers that make
// tables of a result in memory rather than files (the Python package).
//
//   Collection collection(options, resources, FieldMap());
//   collection.add(articles, rows, usage);       // or add_feeds(paths, stop)
//   collection.finish(stop);
//   use(collection.corpus(), collection.resolution());
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>
#include <wirecopy/article.hpp>
#include <wirecopy/options.hpp>

#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "feed/field_map.hpp"
#include "pipeline/boilerplate_blocks.hpp"
#include "pipeline/dedup_core.hpp"
#include "pipeline/run_context.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {

/// A line, or an article handed over, that is none.
struct RejectedRow {
  std::uint64_t row = 0;  ///< of an article handed over
  Reject reject;
};

/// Not thread-safe before finish(); only read after it.
class Collection {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;  ///< of a line, or of an article's fields

  /// Throws Error(usage) for options out of range.
  Collection(const Options& options, const Resources& resources, const FieldMap& fields);

  /// Sketches articles in parallel; their views are not used after the call. rows[i] is the caller's number of
  /// articles[i], ascending over all calls; an article without an id is named "row:<number>". `usage` tells of the
  /// fields that they were read from.
  void add(std::span<const Article> articles, std::span<const std::uint64_t> rows, const FieldUsage& usage);
  void reject(std::uint64_t row, RejectReason reason);
  /// Reads feeds, in this order. Throws Error(io), Error(usage), and Error(cancelled) soon after `stop` is requested.
  void add_feeds(std::span<const std::string> paths, const std::stop_token& stop);
  /// Throws UnusableFeed if what was read or handed over is of no use (feed_check.hpp). Before finish().
  void require_texts() const;
  /// Finds the copies. Call it once.
  void finish(const std::stop_token& stop);

  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] const Corpus& corpus() const { return core_.corpus(); }
  [[nodiscard]] const Resolution& resolution() const { return core_.resolution(); }
  [[nodiscard]] std::span<const Input> inputs() const { return inputs_; }
  [[nodiscard]] const FeedCounts& counts() const { return core_.counts(); }
  [[nodiscard]] std::span<const RejectedRow> rejects() const { return rejects_; }
  /// As summary.json.
  [[nodiscard]] std::string summary() const;
  /// What was ignored, as boilerplate.jsonl lists it. Reads feeds again for the texts, so it throws Error(io) where
  /// they are gone or were changed; blocks of articles that were handed over have no text.
  [[nodiscard]] std::vector<BoilerplateBlock> boilerplate(const std::stop_token& stop) const;

 private:
  void sketch(std::span<const Article> articles, std::span<const std::uint64_t> rows, SketchBlock& block) const;

  Options options_;
  std::size_t block_size_;
  FieldMap fields_;
  mutable RunContext context_;
  Sketcher sketcher_;
  std::vector<Input> inputs_;
  DedupCore core_;
  std::vector<RejectedRow> rejects_;
  double wall_seconds_ = 0, cpu_seconds_ = 0;
};

}  // namespace wirecopy
