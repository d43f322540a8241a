// Which clusters of a result a report shows: all of a day's; of a million, the largest, the loosest and a fair sample.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/cluster_file.hpp"

namespace wirecopy {

struct ChoiceLimits {
  std::size_t largest = 2600;
  std::size_t loosest = 400;  ///< of those with three members or more
  std::size_t sampled = 400;  ///< drawn by a hash of their id
};

/// Two articles of a cluster, one removed for the other.
struct RemovedPair {
  std::string cluster;
  std::string removed, match;  ///< ids
  std::uint64_t rank = 0;      ///< a hash of the first two
};

/// Takes clusters one by one and holds on to a bounded number of them. What is chosen depends on the clusters only,
/// not on their order.
class ClusterChoice {
 public:
  explicit ClusterChoice(ChoiceLimits limits = {}) : limits_(limits) {}
  void add(const ListedCluster& cluster);

  /// The chosen ones, the most telling first: the largest, with some of the loosest and of the sample among them. Once.
  [[nodiscard]] std::vector<ListedCluster> take();
  /// Removed articles drawn by hash: as many as asked for, or all.
  [[nodiscard]] std::vector<RemovedPair> removed_sample() const;
  static constexpr std::size_t kRemovedPairs = 24;

 private:
  struct Entry {
    ListedCluster cluster;
    std::uint64_t rank;  // a hash of the id
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
