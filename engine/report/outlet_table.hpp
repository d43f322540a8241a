// Who republishes whom: what all clusters of a result say of outlets and agencies.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/name_map.hpp"
#include "report/cluster_file.hpp"

namespace wirecopy {

/// Copies that one outlet ran of stories that another ran first.
struct Flow {
  std::uint32_t from = 0, to = 0;  ///< outlets by number
  std::uint64_t stories = 0;
  std::int64_t median_lag = 0;  ///< seconds
};

struct OutletFigures {
  std::string name;
  std::uint64_t articles = 0;  ///< in the feed; of those without the feed at hand, in clusters
  std::uint64_t copies = 0;    ///< articles in clusters
  std::uint64_t removed = 0;
  std::uint64_t stories = 0;    ///< clusters with other outlets
  std::uint64_t first = 0;      ///< of those, where it was first
  std::uint64_t credited = 0;   ///< articles that credit an agency
  double own = 0;               ///< sum over its copies of the share of text of their own
  std::uint64_t measured = 0;   ///< copies that are in that sum
  std::int64_t median_lag = 0;  ///< seconds behind the first, over the stories it was not first with
  std::string agency;           ///< the one it credits most
};

struct AgencyFigures {
  std::string name;
  std::uint64_t stories = 0;  ///< clusters
  std::uint64_t copies = 0;   ///< articles in them
  std::uint64_t outlets = 0;
};

/// Takes clusters one by one. Memory: 4 bytes a copy, and more an outlet.
class OutletTable {
 public:
  void add(const ListedCluster& cluster);
  /// An article of the feed, whether in a cluster or not.
  void add_article(std::string_view source, std::string_view agency);
  /// Works out medians; call once, after all were added.
  void finish();

  [[nodiscard]] const std::vector<OutletFigures>& outlets() const { return outlets_; }
  /// The strongest first.
  [[nodiscard]] const std::vector<Flow>& flows() const { return flows_; }
  /// Those with most copies first.
  [[nodiscard]] const std::vector<AgencyFigures>& agencies() const { return agency_figures_; }
  /// Numbers of outlets, those with most copies first; at most so many.
  [[nodiscard]] std::vector<std::uint32_t> busiest(std::size_t most) const;

 private:
  std::uint32_t number_of(std::string_view name);

  struct AgencySeen {
    std::uint64_t stories = 0, copies = 0;
    std::map<std::uint32_t, std::uint64_t> outlets;
  };

  std::vector<OutletFigures> outlets_;
  NameMap<std::uint32_t> numbers_;
  std::unordered_map<std::uint64_t, std::vector<std::int32_t>> lags_;       // by from and to
  std::vector<std::map<std::string, std::uint64_t, std::less<>>> credits_;  // by outlet
  std::map<std::string, AgencySeen> agencies_;
  std::vector<Flow> flows_;
  std::vector<AgencyFigures> agency_figures_;
  bool knows_feed_ = false;
};

}  // namespace wirecopy
