#include "evaluate/pair_scores.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "base/hash.hpp"

namespace wirecopy::evaluate {
namespace {

constexpr std::uint64_t kBootstrapSeed = 7;
constexpr double kPartialCost = 0.5;  // cost of a linked partial pair relative to a false link

/// The properties of a pair that determine its score.
struct Row {
  PairLabel label;
  bool linked;
  double weight;
};

/// Sums of the weights of pairs.
class Tally {
 public:
  void add(const Row& row) {
    if (row.label == PairLabel::copy) {
      (row.linked ? right_ : missed_) += row.weight;
    } else if (row.linked) {
      (row.label == PairLabel::different ? wrong_ : partial_) += row.weight;
    }
  }

  [[nodiscard]] PrecisionRecall score(double partial_cost) const {
    const double found = right_ + wrong_ + partial_cost * partial_, expected = right_ + missed_;
    return {found > 0 ? right_ / found : 1.0, expected > 0 ? right_ / expected : 1.0};
  }

 private:
  double right_ = 0, missed_ = 0, wrong_ = 0, partial_ = 0;
};

void bootstrap(std::span<const Row> rows, PairScore& score) {
  RandomStream random(kBootstrapSeed);
  std::vector<double> spread;
  for (std::size_t sample = 0; sample < kBootstrapSamples; ++sample) {
    Tally tally;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      tally.add(rows[random.below(static_cast<std::uint32_t>(rows.size()))]);
    }
    spread.push_back(tally.score(kPartialCost).f1());
  }
  std::sort(spread.begin(), spread.end());
  score.f1_low = spread[kBootstrapSamples / 20];
  score.f1_high = spread[kBootstrapSamples - kBootstrapSamples / 20 - 1];
}

PairScore score_rows(std::span<const Row> rows) {
  Tally tally;
  for (const Row& row : rows) tally.add(row);
  PairScore score;
  score.all = tally.score(kPartialCost);
  score.f1_without_partial = tally.score(0).f1();
  bootstrap(rows, score);
  return score;
}

std::optional<double> share_of_partial_linked(std::span<const Row> rows) {
  double linked = 0, all = 0;
  for (const Row& row : rows) {
    if (row.label != PairLabel::partial) continue;
    all += row.weight;
    if (row.linked) linked += row.weight;
  }
  return all > 0 ? std::optional(linked / all) : std::nullopt;
}

std::vector<std::size_t> heaviest_errors(std::span<const Row> rows, std::size_t limit) {
  std::vector<std::size_t> errors;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_missed = rows[i].label == PairLabel::copy && !rows[i].linked;
    const bool is_false = rows[i].label == PairLabel::different && rows[i].linked;
    if (is_missed || is_false) errors.push_back(i);
  }
  std::stable_sort(errors.begin(), errors.end(),
                   [&](std::size_t a, std::size_t b) { return rows[a].weight > rows[b].weight; });
  errors.resize(std::min(errors.size(), limit));
  return errors;
}

std::uint64_t count_unknown(const Grouping& clusters, std::span<const LabelledPair> pairs) {
  std::vector<std::uint32_t> unknown;
  for (const LabelledPair& pair : pairs) {
    for (const std::uint32_t article : {pair.a, pair.b}) {
      if (!clusters.names(article)) unknown.push_back(article);
    }
  }
  std::sort(unknown.begin(), unknown.end());
  return static_cast<std::uint64_t>(std::unique(unknown.begin(), unknown.end()) - unknown.begin());
}

}  // namespace

bool is_linked(const Grouping& clusters, const LabelledPair& pair) {
  const std::uint32_t cluster = clusters.of(pair.a);
  return cluster < kUnnamed && cluster == clusters.of(pair.b);
}

ClusterCounts count_clusters(const Grouping& clusters) {
  std::vector<std::uint64_t> sizes(clusters.groups.size());
  for (const std::uint32_t cluster : clusters.group_of) {
    if (cluster < kUnnamed) ++sizes[cluster];
  }
  std::erase_if(sizes, [](std::uint64_t size) { return size < 2; });
  ClusterCounts counts{sizes.size(), std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0}), {}};
  const std::size_t shown = std::min<std::size_t>(5, sizes.size());
  std::partial_sort(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(shown), sizes.end(), std::greater<>());
  counts.largest.assign(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(shown));
  return counts;
}

PairEvaluation evaluate_pairs(const Grouping& clusters, std::span<const LabelledPair> pairs, std::size_t errors) {
  PairEvaluation evaluation;
  std::vector<Row> rows;
  for (const LabelledPair& pair : pairs) {
    rows.push_back({pair.label, is_linked(clusters, pair), pair.weight});
    ++evaluation.labels[static_cast<std::size_t>(pair.label)];
  }
  evaluation.weighted = score_rows(rows);
  evaluation.partial_linked = share_of_partial_linked(rows);
  evaluation.errors = heaviest_errors(rows, errors);
  for (Row& row : rows) row.weight = 1;
  evaluation.unweighted = score_rows(rows);
  evaluation.clusters = count_clusters(clusters);
  evaluation.unknown_ids = count_unknown(clusters, pairs);
  return evaluation;
}

std::vector<CurveStep> threshold_curve(std::span<const LabelledPair> pairs, std::span<const double> reached) {
  constexpr int kSteps = 20;
  std::vector<CurveStep> curve;
  for (int step = 1; step <= kSteps; ++step) {
    const double threshold = static_cast<double>(step) / kSteps;
    Tally weighted, unweighted;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const bool is_linked = reached[i] > 0 && reached[i] >= threshold;
      weighted.add({pairs[i].label, is_linked, pairs[i].weight});
      unweighted.add({pairs[i].label, is_linked, 1});
    }
    curve.push_back({threshold, weighted.score(kPartialCost), unweighted.score(kPartialCost)});
  }
  return curve;
}

}  // namespace wirecopy::evaluate
