// Statistics of outlets and agencies over all clusters of a result: who republishes whom.
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

/// Stories that outlet `from` published first and outlet `to` published later.
struct Flow {
  std::uint32_t from = 0, to = 0;  ///< numbers of the outlets
  std::uint64_t stories = 0;
  std::int64_t median_lag = 0;  ///< seconds
};

struct OutletFigures {
  std::string name;
  std::uint64_t articles = 0;  ///< articles in the feed, or in clusters if the feed is not available
  std::uint64_t copies = 0;    ///< articles in clusters
  std::uint64_t removed = 0;
  std::uint64_t stories = 0;    ///< clusters shared with other outlets
  std::uint64_t first = 0;      ///< shared clusters in which it was first
  std::uint64_t credited = 0;   ///< articles that credit an agency
  double own = 0;               ///< sum of the shares of own text over its copies
  std::uint64_t measured = 0;   ///< number of copies in that sum
  std::int64_t median_lag = 0;  ///< seconds after the first outlet, over the stories in which it was not first
  std::string agency;           ///< the agency that it credits most often
};

struct AgencyFigures {
  std::string name;
  std::uint64_t stories = 0;  ///< clusters
  std::uint64_t copies = 0;   ///< articles in these clusters
  std::uint64_t outlets = 0;
};

/// Receives clusters one by one. Memory: 4 bytes per copy, in addition to the figures of each outlet.
class OutletTable {
 public:
  void add(const ListedCluster& cluster);
  /// Adds an article of the feed, whether in a cluster or not.
  void add_article(std::string_view source, std::string_view agency);
  /// Computes the medians. Must be called once, after everything was added.
  void finish();

  [[nodiscard]] const std::vector<OutletFigures>& outlets() const { return outlets_; }
  /// In descending order of stories.
  [[nodiscard]] const std::vector<Flow>& flows() const { return flows_; }
  /// In descending order of copies.
  [[nodiscard]] const std::vector<AgencyFigures>& agencies() const { return agency_figures_; }
  /// Numbers of at most `limit` outlets, in descending order of copies.
  [[nodiscard]] std::vector<std::uint32_t> busiest(std::size_t limit) const;

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
