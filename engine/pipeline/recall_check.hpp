// How many matches the search for candidates reaches on this very feed: a sample of articles is compared with all
// others.
//
// Problem. Whatever theory says of candidates in general, a user wants to know what they miss in his feed: flooded
// buckets are capped, and near the threshold a pair may share no sampled shingle.
//
// Idea. Take the N articles of smallest identity (a hash of content and id), find all their matches without sampling
// and caps, and look which of them the run has found. Every pair of the feed has the same chance to be among those
// checked, so the share is an unbiased estimate of the recall over all pairs; its interval is Wilson's (1927), which
// takes pairs for independent.
//
// How. All shingles of the sample, those of titles included, make an inverted index; every article is streamed past it
// once. Two articles that match share text, and what they can share is bounded by the shingles in common: pairs whose
// bound is below what a match takes are passed over, all others are compared exactly. Nothing is lost, which a test
// against comparing all pairs shows.
//
// Cost. A look-up a token of the feed, and an exact comparison for pairs that share about half of their shingles; the
// shingles of the sample in memory.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Pairs of one kind.
struct RecallCount {
  std::uint64_t pairs = 0;      ///< that match
  std::uint64_t found = 0;      ///< of them, those that were candidates
  std::uint64_t clustered = 0;  ///< of them, those in one cluster, over others or not
  [[nodiscard]] double recall() const { return pairs == 0 ? 1.0 : double(found) / double(pairs); }
};

struct Interval {
  double low = 0;
  double high = 1;
};

/// 95 % interval of a proportion (Wilson 1927); [0, 1] where nothing was seen.
[[nodiscard]] Interval wilson_interval(std::uint64_t found, std::uint64_t pairs);

struct RecallCheck {
  /// A text is long from here on, in words of editorial text: what the recall is promised for.
  static constexpr unsigned kLongWords = 50;
  /// Classes of length ratio, longer to shorter editorial text: up to 2, 5, 10, and above.
  static constexpr std::array<double, 3> kRatios{2, 5, 10};

  std::uint64_t articles = 0;  ///< in the sample
  RecallCount all;
  RecallCount long_texts;               ///< both texts are long
  std::array<RecallCount, 4> by_ratio;  ///< the same, by length ratio
};

/// Checks `resolution`, which came of the same corpus and options, on at most `articles` articles. The same for any
/// number of threads. Throws Error(cancelled) when the context says stop.
[[nodiscard]] RecallCheck check_recall(const Corpus& corpus, const Options& options, const Resolution& resolution,
                                       std::uint64_t articles, RunContext& context);

/// What check_recall() counts: the matching pairs, first < second, of an article of `sample` (ascending) and any other.
/// Only articles that are comparable and represent their equals take part. Sorted, each once.
[[nodiscard]] std::vector<ArticleMatch> all_matches(const Corpus& corpus, const Options& options,
                                                    const BoilerplateModel& model, std::vector<ArticleId> sample,
                                                    RunContext& context);

/// One JSON object: {"articles", "all", "long_texts": {"pairs", "found", "recall", "recall_95", "clustered"},
/// "by_ratio":
/// [{"up_to", ...}]}.
[[nodiscard]] std::string format_json(const RecallCheck& check);
/// Lines for people, without a newline at their ends.
[[nodiscard]] std::vector<std::string> describe(const RecallCheck& check);

}  // namespace wirecopy
