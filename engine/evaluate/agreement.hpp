// Agreement of two groupings of the same articles: the clusters of a result and the true stories.
//
// All measures are computed from the contingency table, which counts the articles of each story in each cluster. This
// takes linear time, where comparing all pairs would take quadratic time.
//
// - Pairs: precision and recall over all pairs of articles. An oversized cluster counts with the square of its size.
// - B-cubed (Bagga and Baldwin 1998): for each article, the share of its cluster that belongs to its story, and the
//   share of its story that is in its cluster; averaged over articles, so every article has the same weight.
// - Adjusted Rand index (Hubert and Arabie 1985): agreement over pairs; 0 is expected by chance, 1 is the maximum.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/pair_scores.hpp"

namespace wirecopy::evaluate {

/// The number of articles that a cluster and a story have in common.
struct Cell {
  std::uint32_t cluster;
  std::uint32_t story;
  std::uint32_t count;
};

/// Number of pairs of `articles` articles.
[[nodiscard]] constexpr std::uint64_t pairs_among(std::uint64_t articles) {
  return articles % 2 == 0 ? articles / 2 * (articles - 1) : (articles - 1) / 2 * articles;
}

/// Two groupings of the same articles. An article without a group gets a group of its own.
class Contingency {
 public:
  /// `clusters[i]` and `stories[i]` are the groups of article i, each less than its limit, or kAlone or kUnnamed. Less
  /// than 2^31 articles. Linear time.
  Contingency(std::span<const std::uint32_t> clusters, std::size_t cluster_limit,
              std::span<const std::uint32_t> stories, std::size_t story_limit);

  /// Sorted by cluster, then by story.
  [[nodiscard]] std::span<const Cell> cells() const { return cells_; }
  [[nodiscard]] std::span<const std::uint32_t> cluster_sizes() const { return cluster_sizes_; }
  [[nodiscard]] std::span<const std::uint32_t> story_sizes() const { return story_sizes_; }
  [[nodiscard]] std::size_t articles() const { return clusters_.size(); }
  /// The groups of an article; groups with a single article that had none are numbered from the limit on.
  [[nodiscard]] std::uint32_t cluster(std::size_t article) const { return clusters_[article]; }
  [[nodiscard]] std::uint32_t story(std::size_t article) const { return stories_[article]; }
  /// Number of articles in both groups of this article, including itself. O(log cells).
  [[nodiscard]] std::uint32_t in_common(std::size_t article) const;

 private:
  std::vector<std::uint32_t> cluster_sizes_, story_sizes_;
  std::vector<std::uint32_t> clusters_, stories_;  // by article; declared after the sizes, which they initialize
  std::vector<Cell> cells_;
};

/// Numbers of pairs of articles.
struct PairCounts {
  std::uint64_t found = 0;     ///< in one cluster
  std::uint64_t expected = 0;  ///< of one story
  std::uint64_t right = 0;     ///< in one cluster and of one story
  std::uint64_t all = 0;
  [[nodiscard]] PrecisionRecall score() const;
  /// Adjusted Rand index; 1 if both groupings are trivial (only single articles, or a single group).
  [[nodiscard]] double adjusted_rand() const;
};

/// O(cells).
[[nodiscard]] PairCounts count_pairs(const Contingency& table);
/// O(cells). Precision and recall are 1 without articles.
[[nodiscard]] PrecisionRecall b_cubed(const Contingency& table);

}  // namespace wirecopy::evaluate
