// Chooses the clusters that a report shows: all clusters of a day of news; of a million clusters, the largest, the
// loosest and a random sample.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/cluster_file.hpp"

namespace wirecopy {

struct ChoiceLimits {
  std::size_t largest = 2600;
  std::size_t loosest = 400;  ///< of the clusters with three or more members
  std::size_t sampled = 400;  ///< drawn by a hash of the id
};

/// A removed article and the kept article that it duplicates.
struct RemovedPair {
  std::string cluster;
  std::string removed, match;  ///< ids
  std::uint64_t rank = 0;      ///< a hash of cluster and removed
};

/// Receives clusters one by one and keeps a bounded number of them. The choice does not depend on their order.
class ClusterChoice {
 public:
  explicit ClusterChoice(ChoiceLimits limits = {}) : limits_(limits) {}
  void add(const ListedCluster& cluster);

  /// Returns the chosen clusters, the most interesting first: the largest, interspersed with the loosest and the
  /// sample. Must be called at most once.
  [[nodiscard]] std::vector<ListedCluster> take();
  /// A sample of kRemovedPairs removed articles drawn by hash, or all if there are fewer.
  [[nodiscard]] std::vector<RemovedPair> removed_sample() const;
  static constexpr std::size_t kRemovedPairs = 24;

 private:
  struct Entry {
    ListedCluster cluster;
    std::uint64_t rank;  // hash of the id
  };
  using Before = bool (*)(const Entry&, const Entry&);
  static bool is_larger(const Entry& a, const Entry& b);
  static bool is_looser(const Entry& a, const Entry& b);
  static bool is_drawn_before(const Entry& a, const Entry& b);
  void offer(std::vector<Entry>& list, std::size_t limit, Before before, const ListedCluster& cluster,
             std::uint64_t rank);

  ChoiceLimits limits_;
  std::vector<Entry> largest_, loosest_, sampled_;
  std::vector<RemovedPair> removed_;
};

}  // namespace wirecopy
