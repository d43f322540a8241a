#include "cluster/clustering.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <wirecopy/error.hpp>

#include "base/union_find.hpp"

namespace wirecopy {
namespace {

bool is_better(const ArticleMatch& a, const ArticleMatch& b, const Preference& preference) {
  const double x = a.similarity.containment(), y = b.similarity.containment();
  return x != y ? x > y : preference(a.second, b.second);
}

/// For nodes that are not removed for the canonical: the best match to a node kept before, if there is one.
class KeptMatches {
 public:
  KeptMatches(const NodeCluster& cluster, const Options& options, const Preference& preference)
      : options_(options), preference_(preference) {
    for (const ArticleMatch& match : cluster.matches) {
      matches_[match.first].push_back(match);
      matches_[match.second].push_back(seen_from_second(match));
    }
  }

  void keep(ArticleId node) { kept_.insert(node); }

  [[nodiscard]] std::optional<ArticleMatch> best(ArticleId node) const {
    std::optional<ArticleMatch> best;
    const auto found = matches_.find(node);
    if (found == matches_.end()) return best;
    for (const ArticleMatch& match : found->second) {
      if (!kept_.contains(match.second) || !may_be_removed(options_.drop, match.relation, match.similarity)) continue;
      if (!best || is_better(match, *best, preference_)) best = match;
    }
    return best;
  }

 private:
  const Options& options_;
  const Preference& preference_;
  std::unordered_map<ArticleId, std::vector<ArticleMatch>> matches_;
  std::unordered_set<ArticleId> kept_;
};

struct Verdict {
  bool removed = false;
  std::optional<ArticleMatch> match;  // to the article it is removed for, or else to the canonical
};

/// What the canonical's partners are to it, as far as they were compared before.
std::unordered_map<ArticleId, ArticleMatch> known_matches(const NodeCluster& cluster, ArticleId canonical) {
  std::unordered_map<ArticleId, ArticleMatch> known;
  for (const ArticleMatch& match : cluster.matches) {
    if (match.first == canonical) known.emplace(match.second, seen_from_second(match));
    if (match.second == canonical) known.emplace(match.first, match);
  }
  return known;
}

/// One verdict a node, in their order.
std::vector<Verdict> judge_nodes(const NodeCluster& cluster, const Options& options, const Preference& preference,
                                 Matcher& matcher) {
  const ArticleId canonical = cluster.nodes.front();
  const auto known = known_matches(cluster, canonical);
  std::vector<Verdict> verdicts(cluster.nodes.size());
  bool is_settled = true;
  for (std::size_t i = 1; i < cluster.nodes.size(); ++i) {
    if (const auto found = known.find(cluster.nodes[i]); found != known.end()) {
      verdicts[i].match = found->second;
    } else {
      matcher.load(canonical);
      if (const auto match = matcher.compare(cluster.nodes[i])) verdicts[i].match = seen_from_second(*match);
    }
    verdicts[i].removed =
        verdicts[i].match && may_be_removed(options.drop, verdicts[i].match->relation, verdicts[i].match->similarity);
    is_settled = is_settled && verdicts[i].removed;
  }
  if (is_settled) return verdicts;

  KeptMatches kept(cluster, options, preference);
  for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
    if (verdicts[i].removed) continue;
    if (const auto match = kept.best(cluster.nodes[i])) {
      verdicts[i] = {true, match};
    } else {
      kept.keep(cluster.nodes[i]);
    }
  }
  return verdicts;
}

/// The decisions of a node's articles, which are equal.
void decide_node(std::span<const ArticleId> equal, const Verdict& verdict, const Options& options,
                 const Matcher& matcher, std::vector<Decision>& decisions) {
  const auto decide_as = [&](ArticleId article, bool kept, const ArticleMatch& match) {
    decisions.push_back({article, kept, match.second, match.relation, match.similarity});
  };
  if (verdict.removed) {
    for (const ArticleId article : equal) decide_as(article, false, *verdict.match);
    return;
  }
  decide_as(equal.front(), true, verdict.match.value_or(ArticleMatch{equal.front(), kNoArticle, Relation::exact, {}}));
  const ArticleMatch same = matcher.equal(equal.front(), equal.front());
  const bool kept = !options.drop.contains(Relation::exact);
  for (const ArticleId article : equal.subspan(1)) decide_as(article, kept, same);
}

}  // namespace

Components::Components(const Corpus& corpus, const EqualGroups& groups, std::span<const ArticleMatch> matches)
    : matches_(matches),
      nodes_(corpus.memory()),
      first_node_(corpus.memory()),
      order_(matches.size(), corpus.memory()),
      first_match_(corpus.memory()) {
  if (matches.size() > UINT32_MAX) throw Error(ErrorKind::resources, "more than 4,294,967,295 matches in one run");
  UnionFind sets(static_cast<std::uint32_t>(corpus.size()), corpus.memory());
  std::pmr::vector<char> is_linked(corpus.size(), 0, corpus.memory());
  for (const ArticleMatch& match : matches) {
    sets.unite(number(match.first), number(match.second));
    is_linked[number(match.first)] = is_linked[number(match.second)] = 1;
  }
  groups.for_each_group([&](std::span<const ArticleId> group) { is_linked[number(group.front())] = 1; });

  // A set is named by its smallest node, which comes before all others of it. Counting sort, by component.
  std::pmr::vector<std::uint32_t> component(corpus.size(), corpus.memory());
  for (std::uint32_t node = 0; node < corpus.size(); ++node) {
    if (!is_linked[node]) continue;
    const std::uint32_t smallest = sets.find(node);
    if (smallest == node) {
      component[node] = static_cast<std::uint32_t>(first_node_.size());
      first_node_.push_back(0);
    }
    component[node] = component[smallest];
    ++first_node_[component[node]];
  }
  first_node_.push_back(0);
  first_match_.resize(first_node_.size());
  for (const ArticleMatch& match : matches) ++first_match_[component[number(match.first)]];
  std::exclusive_scan(first_node_.begin(), first_node_.end(), first_node_.begin(), 0U);
  std::exclusive_scan(first_match_.begin(), first_match_.end(), first_match_.begin(), 0U);
  nodes_.resize(first_node_.back());
  std::pmr::vector<std::uint32_t> next(first_node_, corpus.memory());
  for (std::uint32_t node = 0; node < corpus.size(); ++node) {
    if (is_linked[node]) nodes_[next[component[node]]++] = ArticleId{node};
  }
  next = first_match_;
  for (std::uint32_t i = 0; i < matches.size(); ++i) order_[next[component[number(matches[i].first)]]++] = i;
}

NodeCluster Components::operator[](std::size_t component) const {
  NodeCluster cluster;
  cluster.nodes.assign(nodes_.begin() + first_node_[component], nodes_.begin() + first_node_[component + 1]);
  for (std::uint32_t i = first_match_[component]; i < first_match_[component + 1]; ++i) {
    cluster.matches.push_back(matches_[order_[i]]);
  }
  return cluster;
}

std::vector<Decision> decide(NodeCluster& cluster, const EqualGroups& groups, const Options& options,
                             const Preference& preference, Matcher& matcher) {
  std::sort(cluster.nodes.begin(), cluster.nodes.end(), preference);
  const std::vector<Verdict> verdicts = judge_nodes(cluster, options, preference, matcher);
  std::vector<Decision> decisions;
  for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
    decide_node(groups.members(cluster.nodes[i]), verdicts[i], options, matcher, decisions);
  }
  std::sort(decisions.begin() + 1, decisions.end(),
            [&](const Decision& a, const Decision& b) { return preference(a.article, b.article); });
  return decisions;
}

std::uint64_t cluster_identity(const Corpus& corpus, std::span<const Decision> members) {
  std::uint64_t smallest = UINT64_MAX;
  for (const Decision& member : members) smallest = std::min(smallest, corpus.record(member.article).identity);
  return smallest;
}

}  // namespace wirecopy
