// How well a result agrees with labelled pairs of articles.
//
// A pair is predicted a copy when both articles are in one cluster. A `copy` is right when linked and missed when not;
// a linked `different` is a false link, a linked `partial` half of one. Weighted figures count a pair as often as pairs
// of the feed that it stands for (stratified sampling), so they estimate precision and recall over all pairs of the
// feed; unweighted figures stress the hard ones. Intervals come from a bootstrap over pairs (Efron 1979).
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
  double precision = 1;  ///< of what was found, the share that is right; 1 if nothing was
  double recall = 1;     ///< of what is to be found, the share that was; 1 if there is nothing
  [[nodiscard]] double f1() const {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0.0;
  }
};

struct PairScore {
  PrecisionRecall all;
  double f1_low = 0, f1_high = 0;  ///< 90 % interval of all.f1()
  double f1_without_partial = 0;   ///< linked partial pairs cost nothing
};

/// Clusters of two or more.
struct ClusterCounts {
  std::uint64_t clusters = 0;
  std::uint64_t articles = 0;          ///< in them
  std::vector<std::uint64_t> largest;  ///< sizes, the five largest first
};

struct PairEvaluation {
  std::array<std::uint64_t, 3> labels{};  ///< pairs by PairLabel
  PairScore weighted, unweighted;
  std::optional<double> partial_linked;  ///< weighted share; none without partial pairs
  ClusterCounts clusters;
  std::vector<std::size_t> errors;  ///< numbers of missed copies and false links, the heaviest first
  std::uint64_t unknown_ids = 0;    ///< articles of pairs that the result does not name; they count as alone
};

/// Samples of the bootstrap.
inline constexpr std::size_t kBootstrapSamples = 500;

/// Whether a result puts both articles of a pair into one cluster.
[[nodiscard]] bool is_linked(const Grouping& clusters, const LabelledPair& pair);

[[nodiscard]] ClusterCounts count_clusters(const Grouping& clusters);

/// All figures; at most `errors` wrong pairs. O(samples * pairs + articles). The same on every machine.
[[nodiscard]] PairEvaluation evaluate_pairs(const Grouping& clusters, std::span<const LabelledPair> pairs,
                                            std::size_t errors);

/// What linking all pairs that reach a threshold would score, pair by pair and without clusters.
struct CurveStep {
  double threshold = 0;
  PrecisionRecall weighted, unweighted;
};

/// A step for each of 0.05, 0.10 ... 1.00. `reached[i]`: the greatest threshold at which pair i links; 0: at none.
/// O(pairs) a step.
[[nodiscard]] std::vector<CurveStep> threshold_curve(std::span<const LabelledPair> pairs,
                                                     std::span<const double> reached);

}  // namespace wirecopy::evaluate
