// Agreement of a result with labelled pairs of articles.
//
// A pair is linked if both articles are in one cluster. A `copy` is right if linked and missed if not; a linked
// `different` is a false link, and a linked `partial` counts as half a false link. Weighted scores count each pair by
// the number of pairs of the feed that it represents (stratified sampling), so they estimate precision and recall over
// all pairs of the feed. Unweighted scores emphasize hard pairs. Intervals are from a bootstrap over pairs (Efron
// 1979).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evaluate/labels.hpp"

namespace wirecopy::evaluate {

/// Precision and recall, and their harmonic mean.
struct PrecisionRecall {
  double precision = 1;  ///< share of the found pairs that is right; 1 if none was found
  double recall = 1;     ///< share of the expected pairs that was found; 1 if none is expected
  [[nodiscard]] double f1() const {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0.0;
  }
};

struct PairScore {
  PrecisionRecall all;
  double f1_low = 0, f1_high = 0;  ///< 90 % interval of all.f1()
  double f1_without_partial = 0;   ///< F1 if linked partial pairs are not counted as errors
};

/// Counts of clusters with two or more articles.
struct ClusterCounts {
  std::uint64_t clusters = 0;
  std::uint64_t articles = 0;          ///< articles in these clusters
  std::vector<std::uint64_t> largest;  ///< sizes of the five largest, in descending order
};

struct PairEvaluation {
  std::array<std::uint64_t, 3> labels{};  ///< numbers of pairs by PairLabel
  PairScore weighted, unweighted;
  std::optional<double> partial_linked;  ///< weighted share of partial pairs that are linked; empty without such pairs
  ClusterCounts clusters;
  std::vector<std::size_t> errors;  ///< indices of missed copies and false links, in descending order of weight
  std::uint64_t unknown_ids = 0;    ///< articles of pairs that are not in the result; they count as unclustered
};

/// Number of bootstrap samples.
inline constexpr std::size_t kBootstrapSamples = 500;

/// Whether a result puts both articles of a pair into one cluster.
[[nodiscard]] bool is_linked(const Grouping& clusters, const LabelledPair& pair);

[[nodiscard]] ClusterCounts count_clusters(const Grouping& clusters);

/// Computes all scores and lists at most `errors` wrong pairs. O(samples * pairs + articles). Deterministic on every
/// machine.
[[nodiscard]] PairEvaluation evaluate_pairs(const Grouping& clusters, std::span<const LabelledPair> pairs,
                                            std::size_t errors);

/// Scores if exactly the pairs that reach a threshold were linked, pair by pair and without clustering.
struct CurveStep {
  double threshold = 0;
  PrecisionRecall weighted, unweighted;
};

/// Computes a step for each of 0.05, 0.10 ... 1.00. `reached[i]` is the greatest threshold at which pair i links, or 0
/// if it never does. O(pairs) per step.
[[nodiscard]] std::vector<CurveStep> threshold_curve(std::span<const LabelledPair> pairs,
                                                     std::span<const double> reached);

}  // namespace wirecopy::evaluate
