// What a run found out about its articles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "boilerplate/model.hpp"
#include "cluster/clustering.hpp"
#include "cluster/cohesion.hpp"
#include "lsh/candidates.hpp"

namespace wirecopy {

struct ResolvedCluster {
  std::string id;
  std::vector<Decision> members;  ///< the canonical first, the others by preference
  double cohesion = 1;            ///< share of matching pairs among those tested
};

struct Resolution {
  std::vector<ResolvedCluster> clusters;  ///< by the canonical's number
  std::vector<ArticleMatch> matches;      ///< between representatives of equal articles, by numbers
  std::vector<ArticleMatch> equal;        ///< each article with an equal one preferred to it (first), by number of both
  std::uint64_t equal_groups = 0;         ///< groups of two or more equal articles
  CandidateCounts candidates;
  std::uint64_t verified = 0;  ///< pairs that were compared
  CohesionCounts cohesion;
  BoilerplateModel boilerplate;  ///< what was ignored
  std::uint64_t duplicates = 0;  ///< articles not kept
};

/// For each article, where its decision stands; articles without a cluster have none.
class DecisionTable {
 public:
  /// O(articles). The resolution must outlive the table.
  DecisionTable(const Resolution& resolution, std::size_t articles);

  [[nodiscard]] const ResolvedCluster* cluster(ArticleId article) const;
  [[nodiscard]] const Decision* decision(ArticleId article) const;
  [[nodiscard]] bool is_kept(ArticleId article) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Place {
    std::uint32_t cluster = kNone;
    std::uint32_t member = 0;
  };

  const Resolution& resolution_;
  std::vector<Place> places_;
};

}  // namespace wirecopy
