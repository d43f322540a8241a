// How far two groupings of the same articles agree: clusters found, and stories known to be right.
//
// All measures follow from how many articles each cluster has of each story (the contingency table), so they take
// linear time where pairs would take quadratic.
//
// - Pairs: precision and recall over all pairs of articles. One cluster that is too large weighs with its square.
// - B-cubed (Bagga and Baldwin 1998): for each article, which share of its cluster is of its story, and which share of
//   its story is in its cluster; means over articles, so every article weighs the same.
// - Adjusted Rand index (Hubert and Arabie 1985): agreement over pairs, 0 for what chance would reach, 1 at best.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/pair_scores.hpp"

namespace wirecopy::evaluate {

/// Articles that a cluster and a story share.
struct Cell {
  std::uint32_t cluster;
  std::uint32_t story;
  std::uint32_t count;
};

/// Pairs among so many articles.
[[nodiscard]] constexpr std::uint64_t pairs_among(std::uint64_t articles) {
  return articles % 2 == 0 ? articles / 2 * (articles - 1) : (articles - 1) / 2 * articles;
}

/// Two groupings of the same articles, in which nobody is nameless: those who are alone have a group of their own.
class Contingency {
 public:
  /// Of article i, `clusters[i]` and `stories[i]`, each below its limit, or kAlone or kUnnamed; under 2^31 articles.
  /// Linear.
  Contingency(std::span<const std::uint32_t> clusters, std::size_t cluster_limit,
              std::span<const std::uint32_t> stories, std::size_t story_limit);

  /// By cluster, then story.
  [[nodiscard]] std::span<const Cell> cells() const { return cells_; }
  [[nodiscard]] std::span<const std::uint32_t> cluster_sizes() const { return cluster_sizes_; }
  [[nodiscard]] std::span<const std::uint32_t> story_sizes() const { return story_sizes_; }
  [[nodiscard]] std::size_t articles() const { return clusters_.size(); }
  /// Groups of an article; those of its own are numbered from the limit on.
  [[nodiscard]] std::uint32_t cluster(std::size_t article) const { return clusters_[article]; }
  [[nodiscard]] std::uint32_t story(std::size_t article) const { return stories_[article]; }
  /// Articles that share both with this one, itself included. O(log cells).
  [[nodiscard]] std::uint32_t in_common(std::size_t article) const;

 private:
  std::vector<std::uint32_t> cluster_sizes_, story_sizes_;
  std::vector<std::uint32_t> clusters_, stories_;  // by article; made along with the sizes, so declared behind them
  std::vector<Cell> cells_;
};

/// Pairs of articles: in one cluster, in one story, in both.
struct PairCounts {
  std::uint64_t found = 0;
  std::uint64_t wanted = 0;
  std::uint64_t right = 0;
  std::uint64_t all = 0;
  [[nodiscard]] PrecisionRecall score() const;
  /// Adjusted Rand index; 1 where both groupings leave no choice (all alone, or all in one).
  [[nodiscard]] double adjusted_rand() const;
};

/// O(cells).
[[nodiscard]] PairCounts count_pairs(const Contingency& table);
/// O(cells); 1 and 1 without articles.
[[nodiscard]] PrecisionRecall b_cubed(const Contingency& table);

}  // namespace wirecopy::evaluate
