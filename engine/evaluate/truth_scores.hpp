// How well a result agrees with a truth, and where it does not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evaluate/agreement.hpp"
#include "evaluate/labels.hpp"

namespace wirecopy::evaluate {

/// What became of the articles of one kind.
struct EditScore {
  std::string edit;  ///< "" for articles of which nothing is said
  std::uint64_t articles = 0;
  std::uint64_t copies = 0;  ///< of them, those whose story has other articles
  std::uint64_t lost = 0;    ///< of the copies, those in a cluster with no other article of their story
  std::uint64_t wanted = 0;  ///< pairs of a copy and another article of its story
  std::uint64_t found = 0;   ///< of these, those in one cluster
  std::uint64_t wrong = 0;   ///< pairs of an article and one of another story in its cluster
  [[nodiscard]] double recall() const { return wanted == 0 ? 1.0 : double(found) / double(wanted); }
};

/// A group and what it was mixed up with, or fell into.
struct WorstGroup {
  std::string name;
  std::uint64_t size = 0;   ///< articles
  std::uint64_t parts = 0;  ///< of a cluster: stories in it; of a story: clusters it is in, single articles included
  std::uint64_t pairs = 0;  ///< of a cluster: false pairs; of a story: pairs missed
  /// The largest parts: name and articles; single articles that are in no group have no name and are left out.
  std::vector<std::pair<std::string, std::uint64_t>> largest;
};

struct TruthEvaluation {
  std::uint64_t articles = 0;  ///< with a known story: what all figures are about
  std::uint64_t stories = 0;   ///< of two or more articles
  PairCounts pairs;
  PrecisionRecall bcubed;
  ClusterCounts clusters;
  std::vector<EditScore> edits;            ///< in the order of the names
  std::vector<WorstGroup> mixed_clusters;  ///< most false pairs first
  std::vector<WorstGroup> torn_stories;    ///< most missed pairs first
  std::uint64_t not_in_result = 0;         ///< articles of the truth that the result does not name; they count as alone
  std::uint64_t not_in_truth = 0;          ///< articles of the result without a known story; they are left out
};

/// At most `worst` of the worst groups of either kind. O(articles log articles). The same on every machine.
[[nodiscard]] TruthEvaluation evaluate_truth(const Grouping& clusters, const Truth& truth, std::size_t worst);

}  // namespace wirecopy::evaluate
