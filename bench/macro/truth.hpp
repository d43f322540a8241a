// How good a result is, where the truth about a made feed is known.
#pragma once

#include <filesystem>

namespace wirecopy::bench {

/// Over all pairs of articles.
struct PairScores {
  double precision = 0;  ///< of the pairs in one cluster, the share in one story
  double recall = 0;     ///< of the pairs in one story, the share in one cluster
  [[nodiscard]] double f1() const {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0.0;
  }
};

/// Compares articles.jsonl of a result ("id", "cluster") with truth.jsonl of a made feed ("id", "story"). Throws
/// std::runtime_error when a file cannot be read or an article has no truth.
[[nodiscard]] PairScores score_pairs(const std::filesystem::path& articles, const std::filesystem::path& truth);

}  // namespace wirecopy::bench
