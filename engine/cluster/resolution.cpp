#include "cluster/resolution.hpp"

namespace wirecopy {

DecisionTable::DecisionTable(const Resolution& resolution, std::size_t articles)
    : resolution_(resolution), places_(articles) {
  for (std::uint32_t cluster = 0; cluster < resolution.clusters.size(); ++cluster) {
    const auto& members = resolution.clusters[cluster].members;
    for (std::uint32_t member = 0; member < members.size(); ++member) {
      places_[number(members[member].article)] = {cluster, member};
    }
  }
}

const ResolvedCluster* DecisionTable::cluster(ArticleId article) const {
  const Place place = places_[number(article)];
  return place.cluster == kNone ? nullptr : &resolution_.clusters[place.cluster];
}

const Decision* DecisionTable::decision(ArticleId article) const {
  const ResolvedCluster* found = cluster(article);
  return found == nullptr ? nullptr : &found->members[places_[number(article)].member];
}

bool DecisionTable::is_kept(ArticleId article) const {
  const Decision* found = decision(article);
  return found == nullptr || found->kept;
}

}  // namespace wirecopy
