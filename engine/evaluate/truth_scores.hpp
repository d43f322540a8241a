// Agreement of a result with the truth, and the groups in which they differ most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evaluate/agreement.hpp"
#include "evaluate/labels.hpp"

namespace wirecopy::evaluate {

/// Scores of the articles derived by one kind of edit.
struct EditScore {
  std::string edit;  ///< empty for articles without a given edit
  std::uint64_t articles = 0;
  std::uint64_t copies = 0;    ///< articles whose story has other articles
  std::uint64_t lost = 0;      ///< copies whose cluster has no other article of their story
  std::uint64_t expected = 0;  ///< pairs of a copy and another article of its story
  std::uint64_t found = 0;     ///< expected pairs that are in one cluster
  std::uint64_t wrong = 0;     ///< pairs of an article and an article of another story in its cluster
  [[nodiscard]] double recall() const { return expected == 0 ? 1.0 : double(found) / double(expected); }
};

/// A cluster that mixes stories, or a story that is split into clusters.
struct WorstGroup {
  std::string name;
  std::uint64_t size = 0;   ///< number of articles
  std::uint64_t parts = 0;  ///< number of stories in the cluster, or of clusters of the story, single articles included
  std::uint64_t pairs = 0;  ///< number of false pairs of the cluster, or of missed pairs of the story
  /// Names and numbers of articles of the largest parts. Single articles without a group have no name and are omitted.
  std::vector<std::pair<std::string, std::uint64_t>> largest;
};

struct TruthEvaluation {
  std::uint64_t articles = 0;  ///< articles with a known story; only these are scored
  std::uint64_t stories = 0;   ///< stories with two or more articles
  PairCounts pairs;
  PrecisionRecall bcubed;
  ClusterCounts clusters;
  std::vector<EditScore> edits;            ///< sorted by name
  std::vector<WorstGroup> mixed_clusters;  ///< in descending order of false pairs
  std::vector<WorstGroup> split_stories;   ///< in descending order of missed pairs
  std::uint64_t not_in_result = 0;         ///< articles of the truth that are not in the result; count as unclustered
  std::uint64_t not_in_truth = 0;          ///< articles of the result without a known story; they are ignored
};

/// Lists at most `worst` groups of either kind. O(articles log articles). Deterministic on every machine.
[[nodiscard]] TruthEvaluation evaluate_truth(const Grouping& clusters, const Truth& truth, std::size_t worst);

}  // namespace wirecopy::evaluate
