#include "cluster/resolution.hpp"

#include <algorithm>

namespace wirecopy {

std::string ResolvedCluster::id() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string id = "w";
  for (int shift = 60; shift >= 0; shift -= 4) id += kDigits[identity >> shift & 15];
  return id;
}

void ClusterTable::append(const ResolvedCluster& cluster) {
  constexpr std::size_t kLeast = 64, kMost = std::size_t{1} << 16;
  const std::size_t wanted = cluster.members.size();
  if (pools_.empty() || pools_.back().capacity() - pools_.back().size() < wanted) {
    const std::size_t larger = pools_.empty() ? kLeast : 2 * pools_.back().capacity();
    pools_.emplace_back(clusters_.get_allocator().resource());
    pools_.back().reserve(std::max(wanted, std::min(larger, kMost)));
  }
  std::pmr::vector<Decision>& pool = pools_.back();
  const auto first = pool.insert(pool.end(), cluster.members.begin(), cluster.members.end());
  clusters_.push_back({cluster.identity, {first, pool.end()}, cluster.cohesion});
}

void ClusterTable::sort() {
  std::sort(clusters_.begin(), clusters_.end(), [](const ResolvedCluster& a, const ResolvedCluster& b) {
    return a.members.front().article < b.members.front().article;
  });
}

DecisionTable::DecisionTable(const Resolution& resolution, std::size_t articles)
    : resolution_(resolution), places_(articles, resolution.matches.get_allocator()) {
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
  return (found == nullptr || found->kept) && known(article) == nullptr;
}

const KnownCopy* DecisionTable::known(ArticleId article) const {
  const auto found = resolution_.known.find(article);
  return found == resolution_.known.end() ? nullptr : &found->second;
}

}  // namespace wirecopy
