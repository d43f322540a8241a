// Is the threshold right? What all candidates of a feed score, and what other thresholds would have made of them.
//
// Every pair of articles has a *linking threshold*: the greatest threshold at which the two still match. As a rule that
// is the share of the shorter editorial text that occurs in the other; pairs that match whatever the threshold (equal,
// or short and nearly equal with their titles) have 1, those that never match (too short, too little in common) 0.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

#include "base/ids.hpp"
#include "cluster/equal_groups.hpp"
#include "inspect/feed_again.hpp"
#include "pipeline/run_context.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {

struct ScoredPair {
  ArticleId first{};
  ArticleId second{};
  double threshold = 0;  ///< the linking threshold
  Similarity similarity;
};

/// The same pair with its articles in the other order.
[[nodiscard]] inline ScoredPair seen_from_second(const ScoredPair& pair) {
  return {pair.second, pair.first, pair.threshold, reversed(pair.similarity)};
}

/// What a run with another threshold would have done with the candidates of this one.
struct WhatIf {
  double threshold = 0;
  std::uint64_t removed = 0;  ///< articles
  std::uint64_t clusters = 0;
  std::uint64_t largest = 0;  ///< articles of the largest cluster
};

struct ThresholdStudy {
  static constexpr std::size_t kBins = 50;
  static constexpr std::size_t kNearest = 24;  ///< pairs on either side

  /// Candidates by linking threshold, those of 0 left out; equal articles are not among candidates.
  std::array<std::uint64_t, kBins> histogram{};
  std::uint64_t candidates = 0;
  std::uint64_t never = 0;        ///< candidates that match at no threshold
  std::vector<WhatIf> what_if;    ///< by ascending threshold, the run's own among them
  std::vector<ScoredPair> below;  ///< those that just missed the threshold, the nearest first
  std::vector<ScoredPair> above;  ///< those that just reached it
  /// P(a pair at this share becomes a candidate), at 0, 1/20 ... 1: of texts of 50 words, or by the bands.
  std::vector<double> found_with_probability;
};

/// The linking threshold of the two; `matcher` is over the same feed.
[[nodiscard]] ScoredPair score_pair(const FeedAgain& feed, Matcher& matcher, ArticleId first, ArticleId second);

/// Compares all candidates, in parallel, and clusters them again for each of some twenty thresholds. `drop`: relations
/// for which the run removes copies. The same for any number of threads.
[[nodiscard]] ThresholdStudy study_threshold(const FeedAgain& feed, RelationSet drop, RunContext& context);

/// The linking thresholds of pairs of articles of a result, by their ids; 0 where an id is unknown; of articles with
/// one id the first counts. Throws as FeedAgain.
[[nodiscard]] std::vector<double> linking_thresholds(const std::filesystem::path& result,
                                                     const std::vector<std::array<std::string, 2>>& pairs,
                                                     const Workspace& workspace, RunContext& context);

}  // namespace wirecopy
