// The files of a result, line by line. Their fields are described in the README. What may be long throws
// Error(cancelled) soon after `stop` is requested.
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

/// What a result may hold beside summary.json.
[[nodiscard]] std::vector<std::string> other_result_files();

/// articles.jsonl: a line for every article, in input order.
void write_articles(const Corpus& corpus, const DecisionTable& decisions, std::span<const Input> inputs,
                    BufferedWriter& out, const std::stop_token& stop = {});

/// clusters.jsonl: a line for every cluster, in the order of their canonicals.
void write_clusters(const Corpus& corpus, const Resolution& resolution, BufferedWriter& out);

/// matches.jsonl: a line for every verified pair, in the order of the resolution; equal articles are paired with the
/// one of them that is kept before the others.
void write_matches(const Corpus& corpus, const Resolution& resolution, BufferedWriter& out);

/// One line of rejects.jsonl.
[[nodiscard]] std::string format_reject(const Reject& reject, std::span<const Input> inputs);

/// Lines that somebody else wants of the reading that unique.jsonl needs, whether they are kept or not.
struct OtherLines {
  std::span<const ArticleId> articles;  ///< rising
  ByteSink* sink = nullptr;             ///< takes their lines, in that order
};

/// A run of articles, and where their kept lines begin in unique.jsonl.
struct UniquePart {
  ArticleId first{};
  ArticleId last{};  ///< behind it
  std::uint64_t offset = 0;
};

/// All articles in parts that can be written side by side: of `least_bytes` of kept lines or more, the last but, and
/// cut only where an input can be read from.
[[nodiscard]] std::vector<UniquePart> parts_of_unique(const Corpus& corpus, const DecisionTable& decisions,
                                                      const std::vector<InputRecord>& records,
                                                      std::uint64_t least_bytes);

/// unique.jsonl: the original lines of the articles that are kept, in input order; `part` of them.
void write_unique(const Corpus& corpus, const DecisionTable& decisions, const std::vector<InputRecord>& records,
                  const UniquePart& part, BufferedWriter& out, const std::stop_token& stop = {},
                  const OtherLines& others = {});
/// All of them.
void write_unique(const Corpus& corpus, const DecisionTable& decisions, const std::vector<InputRecord>& records,
                  BufferedWriter& out, const std::stop_token& stop = {});

}  // namespace wirecopy
