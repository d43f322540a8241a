#include "cluster/clustering.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "cluster/union_find.hpp"

namespace wirecopy {
namespace {

ArticleMatch seen_from_second(const ArticleMatch& match) {
  return {match.second, match.first, reversed(match.relation), reversed(match.similarity)};
}

bool is_better(const ArticleMatch& a, const ArticleMatch& b, const Preference& preference) {
  const double x = a.similarity.jaccard(), y = b.similarity.jaccard();
  return x != y ? x > y : preference(a.second, b.second);
}

/// For nodes that the canonical does not match: the best match to a node kept before, if there is one.
class KeptMatches {
 public:
  KeptMatches(const NodeCluster& cluster, const Preference& preference) : preference_(preference) {
    for (const ArticleMatch& match : cluster.matches) {
      matches_[match.first].push_back(match);
      matches_[match.second].push_back(seen_from_second(match));
    }
  }

  void keep(ArticleId node) { kept_.emplace(node, true); }

  [[nodiscard]] std::optional<ArticleMatch> best(ArticleId node) const {
    std::optional<ArticleMatch> best;
    const auto found = matches_.find(node);
    if (found == matches_.end()) return best;
    for (const ArticleMatch& match : found->second) {
      if (kept_.contains(match.second) && (!best || is_better(match, *best, preference_))) best = match;
    }
    return best;
  }

 private:
  const Preference& preference_;
  std::unordered_map<ArticleId, std::vector<ArticleMatch>> matches_;
  std::unordered_map<ArticleId, bool> kept_;
};

/// One verdict a node; the match of each is to a node kept before it.
std::vector<std::optional<ArticleMatch>> match_nodes(const NodeCluster& cluster, const Preference& preference,
                                                     Matcher& matcher) {
  std::vector<std::optional<ArticleMatch>> verdicts(cluster.nodes.size());
  bool all_match = true;
  if (cluster.nodes.size() > 1) matcher.load(cluster.nodes.front());
  for (std::size_t i = 1; i < cluster.nodes.size(); ++i) {
    if (const auto match = matcher.compare(cluster.nodes[i])) verdicts[i] = seen_from_second(*match);
    all_match = all_match && verdicts[i];
  }
  if (all_match) return verdicts;

  KeptMatches kept(cluster, preference);
  for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
    if (!verdicts[i] && i > 0) verdicts[i] = kept.best(cluster.nodes[i]);
    if (!verdicts[i]) kept.keep(cluster.nodes[i]);
  }
  return verdicts;
}

}  // namespace

std::vector<NodeCluster> connect(const Corpus& corpus, const EqualGroups& groups, std::span<const ArticleMatch> matches,
                                 const Preference& preference) {
  UnionFind sets(static_cast<std::uint32_t>(corpus.size()));
  for (const ArticleMatch& match : matches) sets.unite(number(match.first), number(match.second));

  constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<std::uint32_t> cluster_of(corpus.size(), kNone);  // by the set's smallest node
  std::vector<NodeCluster> clusters;
  const auto cluster_at = [&](std::uint32_t node) -> NodeCluster& {
    std::uint32_t& cluster = cluster_of[sets.find(node)];
    if (cluster == kNone) {
      cluster = static_cast<std::uint32_t>(clusters.size());
      clusters.emplace_back();
    }
    return clusters[cluster];
  };
  std::vector<char> is_linked(corpus.size(), 0);
  for (const ArticleMatch& match : matches) is_linked[number(match.first)] = is_linked[number(match.second)] = 1;
  groups.for_each_group([&](std::span<const ArticleId> group) { is_linked[number(group.front())] = 1; });
  for (std::uint32_t node = 0; node < corpus.size(); ++node) {
    if (is_linked[node]) cluster_at(node).nodes.push_back(ArticleId{node});
  }
  for (const ArticleMatch& match : matches) cluster_at(number(match.first)).matches.push_back(match);
  for (NodeCluster& cluster : clusters) std::sort(cluster.nodes.begin(), cluster.nodes.end(), preference);
  return clusters;
}

std::vector<Decision> decide(const NodeCluster& cluster, const EqualGroups& groups, const Preference& preference,
                             Matcher& matcher) {
  const auto verdicts = match_nodes(cluster, preference, matcher);
  std::vector<Decision> decisions;
  for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
    const std::span<const ArticleId> equal = groups.members(cluster.nodes[i]);
    if (verdicts[i]) {
      for (const ArticleId article : equal) {
        decisions.push_back({article, false, verdicts[i]->second, verdicts[i]->relation, verdicts[i]->similarity});
      }
    } else {
      decisions.push_back({equal.front(), true, kNoArticle, Relation::exact, {}});
      const std::uint32_t distinct = equal.size() > 1 ? matcher.count_distinct(equal.front()) : 0;
      for (const ArticleId article : equal.subspan(1)) {
        decisions.push_back({article, false, equal.front(), Relation::exact, {distinct, distinct, distinct}});
      }
    }
  }
  std::sort(decisions.begin() + 1, decisions.end(),
            [&](const Decision& a, const Decision& b) { return preference(a.article, b.article); });
  return decisions;
}

std::string cluster_id(const Corpus& corpus, std::span<const Decision> members) {
  std::uint64_t smallest = UINT64_MAX;
  for (const Decision& member : members) smallest = std::min(smallest, corpus.record(member.article).identity);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string id = "w";
  for (int shift = 60; shift >= 0; shift -= 4) id += kDigits[smallest >> shift & 15];
  return id;
}

}  // namespace wirecopy
