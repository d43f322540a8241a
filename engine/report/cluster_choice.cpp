#include "report/cluster_choice.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_set>

#include "base/hash.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kLoosestEvery = 4, kSampledEvery = 6;  // one after this many of the largest

template <typename List, typename Before>
void cut(List& list, std::size_t limit, Before before) {
  std::sort(list.begin(), list.end(), before);
  if (list.size() > limit) list.erase(list.begin() + static_cast<std::ptrdiff_t>(limit), list.end());
}

bool is_before(const RemovedPair& a, const RemovedPair& b) {
  return std::tie(a.rank, a.cluster, a.removed) < std::tie(b.rank, b.cluster, b.removed);
}

}  // namespace

bool ClusterChoice::is_larger(const Entry& a, const Entry& b) {
  return std::tuple(b.cluster.members.size(), b.cluster.outlets.size(), std::string_view(a.cluster.id)) <
         std::tuple(a.cluster.members.size(), a.cluster.outlets.size(), std::string_view(b.cluster.id));
}

bool ClusterChoice::is_looser(const Entry& a, const Entry& b) {
  return std::tuple(a.cluster.cohesion, b.cluster.members.size(), std::string_view(a.cluster.id)) <
         std::tuple(b.cluster.cohesion, a.cluster.members.size(), std::string_view(b.cluster.id));
}

bool ClusterChoice::is_drawn_before(const Entry& a, const Entry& b) {
  return std::tie(a.rank, a.cluster.id) < std::tie(b.rank, b.cluster.id);
}

void ClusterChoice::add(const ListedCluster& cluster) {
  const Hasher hasher(0);
  const std::uint64_t rank = hasher.hash64(cluster.id);
  offer(largest_, limits_.largest, is_larger, cluster, rank);
  if (cluster.members.size() > 2) offer(loosest_, limits_.loosest, is_looser, cluster, rank);
  offer(sampled_, limits_.sampled, is_drawn_before, cluster, rank);
  for (const ListedMember& member : cluster.members) {
    if (!member.kept && member.match) {
      removed_.push_back({cluster.id, member.id, *member.match, hasher.hash64(cluster.id + member.id)});
    }
  }
  if (removed_.size() > 64 * kRemovedPairs) cut(removed_, kRemovedPairs, is_before);
}

void ClusterChoice::offer(std::vector<Entry>& list, std::size_t limit, Before before, const ListedCluster& cluster,
                          std::uint64_t rank) {
  list.push_back({cluster, rank});
  if (list.size() > 2 * limit + 16) cut(list, limit, before);
}

std::vector<ListedCluster> ClusterChoice::take() {
  cut(largest_, limits_.largest, is_larger);
  cut(loosest_, limits_.loosest, is_looser);
  cut(sampled_, limits_.sampled, is_drawn_before);
  std::vector<ListedCluster> chosen;
  std::unordered_set<std::string> ids;
  const auto choose = [&](std::vector<Entry>& list, std::size_t at) {
    if (at < list.size() && ids.insert(list[at].cluster.id).second) chosen.push_back(std::move(list[at].cluster));
  };
  const std::size_t rounds =
      std::max({largest_.size(), loosest_.size() * kLoosestEvery, sampled_.size() * kSampledEvery});
  for (std::size_t i = 0; i < rounds; ++i) {
    choose(largest_, i);
    if (i % kLoosestEvery == 0) choose(loosest_, i / kLoosestEvery);
    if (i % kSampledEvery == 0) choose(sampled_, i / kSampledEvery);
  }
  largest_.clear(), loosest_.clear(), sampled_.clear();
  return chosen;
}

std::vector<RemovedPair> ClusterChoice::removed_sample() const {
  std::vector<RemovedPair> sample = removed_;
  cut(sample, kRemovedPairs, is_before);
  return sample;
}

}  // namespace wirecopy
