// Writes the files of a result line by line. The README describes their fields. Functions that take a stop token throw
// Error(cancelled) soon after a stop is requested.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/buffered_writer.hpp"
#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/feed_counts.hpp"
#include "feed/second_reading.hpp"

namespace wirecopy {

/// Names of the files that a result may contain in addition to summary.json.
[[nodiscard]] std::vector<std::string> other_result_files();

/// articles.jsonl: a line per article, in input order.
void write_articles(const Corpus& corpus, const DecisionTable& decisions, std::span<const Input> inputs,
                    BufferedWriter& out, const std::stop_token& stop = {});

/// clusters.jsonl: a line per cluster, in the order of their canonicals.
void write_clusters(const Corpus& corpus, const Resolution& resolution, BufferedWriter& out);

/// matches.jsonl: a line per verified pair, in the order of the resolution. Equal articles are paired with their
/// representative.
void write_matches(const Corpus& corpus, const Resolution& resolution, BufferedWriter& out);

/// A line of rejects.jsonl.
[[nodiscard]] std::string format_reject(const Reject& reject, std::span<const Input> inputs);

/// Additional lines to extract while the feed is read for unique.jsonl, whether they are kept or not.
struct OtherLines {
  std::span<const ArticleId> articles;  ///< in ascending order
  ByteSink* sink = nullptr;             ///< receives their lines in this order
};

/// A range of articles, and the position of their kept lines in unique.jsonl.
struct UniquePart {
  ArticleId first{};
  ArticleId last{};  ///< one past the last article
  std::uint64_t offset = 0;
};

/// Divides all articles into parts that can be written in parallel. Every part except the last has at least `min_bytes`
/// of kept lines, and parts begin only where reading of an input can begin. If an
/// input is a document, there is one part.
[[nodiscard]] std::vector<UniquePart> parts_of_unique(const Corpus& corpus, const DecisionTable& decisions,
                                                      const std::vector<InputRecord>& records, std::uint64_t min_bytes);

/// Writes one part of unique.jsonl: the original lines of the kept articles, in input order.
void write_unique(const Corpus& corpus, const DecisionTable& decisions, const std::vector<InputRecord>& records,
                  const UniquePart& part, BufferedWriter& out, const std::stop_token& stop = {},
                  const OtherLines& others = {});
/// Writes all of unique.jsonl.
void write_unique(const Corpus& corpus, const DecisionTable& decisions, const std::vector<InputRecord>& records,
                  BufferedWriter& out, const std::stop_token& stop = {});

}  // namespace wirecopy
