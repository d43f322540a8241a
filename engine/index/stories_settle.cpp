// What a new clustering of a story makes of the clusters it had: ids that are kept, and events.
#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <unordered_map>

#include "corpus/corpus.hpp"
#include "index/stories.hpp"

namespace wirecopy {
namespace {

/// How the parts of a story and its clusters of before go together.
class Succession {
 public:
  Succession(const Story& story, const std::vector<std::uint32_t>& parts) {
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      Part& part = parts_[parts[i]];
      part.nodes.push_back(i);
      part.living += story.nodes[i].living;
      if (story.nodes[i].cluster != kNoCluster) ++shared_[{story.nodes[i].cluster, parts[i]}];
    }
    give_ids();
  }

  struct Part {
    std::vector<std::uint32_t> nodes;
    std::uint64_t living = 0;
    ClusterNumber cluster;
    bool is_new = false;
    [[nodiscard]] bool is_cluster() const { return living >= 2; }
  };

  [[nodiscard]] std::map<std::uint32_t, Part>& parts() { return parts_; }
  /// Each cluster of before with the part that has most of it: the part that keeps its id, if there is one.
  [[nodiscard]] const std::map<ClusterNumber, std::uint32_t>& homes() const { return homes_; }
  /// The parts that have something of a cluster of before, in ascending order.
  [[nodiscard]] std::vector<std::uint32_t> parts_of(ClusterNumber cluster) const {
    std::vector<std::uint32_t> parts;
    for (auto at = shared_.lower_bound({cluster, 0}); at != shared_.end() && at->first.first == cluster; ++at) {
      parts.push_back(at->first.second);
    }
    return parts;
  }

 private:
  void give_ids() {
    std::vector<std::tuple<std::int64_t, ClusterNumber, std::uint32_t>> by_size;
    for (const auto& [pair, count] : shared_) by_size.emplace_back(-std::int64_t{count}, pair.first, pair.second);
    std::sort(by_size.begin(), by_size.end());
    for (const auto& [count, cluster, part] : by_size) {
      if (!parts_[part].is_cluster() || parts_[part].cluster != kNoCluster || homes_.contains(cluster)) continue;
      parts_[part].cluster = cluster;
      homes_[cluster] = part;
    }
    for (const auto& [count, cluster, part] : by_size) homes_.try_emplace(cluster, part);
  }

  std::map<std::uint32_t, Part> parts_;
  std::map<std::pair<ClusterNumber, std::uint32_t>, std::uint32_t> shared_;  // nodes
  std::map<ClusterNumber, std::uint32_t> homes_;
};

}  // namespace

void Stories::settle(Story& story, const Parts& parts, std::optional<std::uint32_t> newcomer) {
  if (newcomer && settle_simply(story, parts, *newcomer)) return;
  Succession succession(story, parts);
  for (auto& [number, part] : succession.parts()) {
    part.is_new = part.is_cluster() && part.cluster == kNoCluster;
    if (part.is_new) part.cluster = new_cluster();
  }
  for (const auto& [cluster, home] : succession.homes()) {
    for (const std::uint32_t number : succession.parts_of(cluster)) {
      const Succession::Part& part = succession.parts().at(number);
      const bool stays = part.cluster == cluster || (number == home && part.is_cluster());
      std::vector<std::string> moved = stays ? std::vector<std::string>() : ids_of(story, part.nodes, cluster);
      if (!moved.empty()) emit(Index::Change::split, cluster, part.cluster, std::move(moved));
    }
    const Succession::Part& part = succession.parts().at(home);
    if (part.cluster == cluster) continue;
    if (part.is_cluster()) emit(Index::Change::merged, part.cluster, cluster, {});
    end_cluster(story, cluster, part.cluster);
  }
  for (const auto& [number, part] : succession.parts()) {
    const auto was_alone = [&](std::uint32_t node) { return story.nodes[node].cluster == kNoCluster; };
    const bool is_created = part.is_new && std::all_of(part.nodes.begin(), part.nodes.end(), was_alone);
    std::vector<std::string> fresh =
        part.is_cluster() ? ids_of(story, part.nodes, kNoCluster) : std::vector<std::string>();
    if (!fresh.empty()) {
      emit(is_created ? Index::Change::created : Index::Change::joined, part.cluster, kNoCluster, std::move(fresh));
    }
    for (const std::uint32_t node : part.nodes) story.nodes[node].cluster = part.cluster;
  }
}

std::vector<std::string> Stories::ids_of(const Story& story, const std::vector<std::uint32_t>& nodes,
                                         ClusterNumber cluster) const {
  std::vector<std::string> ids;
  for (const std::uint32_t node : nodes) {
    if (story.nodes[node].cluster != cluster) continue;
    for (std::string& id : ids_of(story.nodes[node])) ids.push_back(std::move(id));
  }
  return ids;
}

// Nearly always a newcomer joins a cluster, or none, and all else stays as it is.
bool Stories::settle_simply(Story& story, const Parts& parts, std::uint32_t newcomer) {
  if (story.nodes[newcomer].cluster != kNoCluster) return false;
  std::unordered_map<std::uint32_t, ClusterNumber> cluster_of;
  std::unordered_map<ClusterNumber, std::uint32_t> part_of;
  std::unordered_map<std::uint32_t, std::uint32_t> size_of;
  for (const std::uint32_t part : parts) ++size_of[part];
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    if (i == newcomer) continue;
    const ClusterNumber cluster = story.nodes[i].cluster;
    if (cluster_of.try_emplace(parts[i], cluster).first->second != cluster) return false;
    if (cluster == kNoCluster) {
      if (size_of[parts[i]] > 1 || story.nodes[i].living > 1) return false;
    } else if (part_of.try_emplace(cluster, parts[i]).first->second != parts[i]) {
      return false;
    }
  }
  const auto joined = cluster_of.find(parts[newcomer]);
  if (joined == cluster_of.end()) return true;     // alone
  if (joined->second == kNoCluster) return false;  // with one that stood alone
  story.nodes[newcomer].cluster = joined->second;
  emit(Index::Change::joined, joined->second, kNoCluster, ids_of(story.nodes[newcomer]));
  return true;
}

void Stories::end_cluster(const Story& story, ClusterNumber cluster, ClusterNumber became) {
  const std::uint64_t generation = make_key(generation_of(story.key), 0);
  if (story.key != kNoStory) context_.store.erase({Table::cluster, generation, cluster});
  if (became != kNoCluster) {
    context_.store.put({Table::cluster, make_key(context_.generation_now, 0), cluster},
                       encode(ClusterFate{kNoStory, became}));
  }
}

ClusterNumber Stories::new_cluster() {
  std::uint64_t number = 0;
  while (number == 0) number = mix64(++context_.counts.clusters ^ mix64(context_.options.seed));
  return ClusterNumber(number);
}

void Stories::emit(Index::Change change, ClusterNumber cluster, ClusterNumber other,
                   std::vector<std::string> articles) {
  Index::Event event{0, context_.now, change, cluster_name(cluster), cluster_name(other), std::move(articles)};
  const Key key{Table::event, make_key(context_.event_generation, 0), ++context_.counts.events};
  context_.store.put(key, encode(event));
}

const StoryNode& preferred_node(std::span<const StoryNode* const> nodes, const Options& options,
                                const std::function<std::string(std::uint32_t)>& source_name) {
  const auto date_of = [](const StoryNode& node) {
    return node.published == kNoDate ? std::numeric_limits<std::int64_t>::max() : node.published;
  };
  const auto first_rank = [&](const StoryNode& node) -> std::int64_t {
    switch (options.keep) {
      case Keep::first:
        return static_cast<std::int64_t>(sequence_of(node.key));
      case Keep::earliest:
        return date_of(node);
      case Keep::credited:
        return node.agency == 0 ? 1 : 0;
      case Keep::source_order: {
        const auto& sources = options.preferred_sources;
        return std::find(sources.begin(), sources.end(), source_name(node.source)) - sources.begin();
      }
      default:
        return 0;
    }
  };
  const auto rank = [&](const StoryNode* node) {
    return std::tuple(first_rank(*node), -std::int64_t{node->text_tokens}, date_of(*node), sequence_of(node->key));
  };
  return **std::min_element(nodes.begin(), nodes.end(),
                            [&](const StoryNode* a, const StoryNode* b) { return rank(a) < rank(b); });
}

}  // namespace wirecopy
