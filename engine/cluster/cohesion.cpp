#include "cluster/cohesion.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>
#include <unordered_map>

#include "base/union_find.hpp"
#include "verify/relation.hpp"

namespace wirecopy {
namespace {

using Node = std::uint32_t;  // place among the component's nodes, which are in order of content

std::uint64_t pair_key(Node a, Node b) { return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b); }

/// What the texts of a tested pair have in common: next to nothing, something, enough for a match.
enum class Kinship : char { none, some, match };

class Agglomeration {
 public:
  Agglomeration(const Corpus& corpus, NodeCluster component, const CohesionRule& rule, Matcher& matcher)
      : corpus_(corpus),
        component_(std::move(component)),
        rule_(rule),
        matcher_(matcher),
        sets_(static_cast<std::uint32_t>(component_.nodes.size())),
        samples_(component_.nodes.size()),
        sizes_(component_.nodes.size(), 1) {
    number_nodes();
    for (const ArticleMatch& match : component_.matches) {
      tested_[pair_key(node_of_.at(match.first), node_of_.at(match.second))] = Kinship::match;
    }
  }

  std::vector<NodeCluster> run(CohesionCounts& counts) {
    sort_matches();
    const std::vector<ArticleMatch> by_strength = component_.matches;  // verification below adds to the matches
    for (const ArticleMatch& match : by_strength) try_to_join(node_of_.at(match.first), node_of_.at(match.second));
    counts.verified += verified_;
    std::vector<NodeCluster> parts = take_apart();
    counts.chains_cut += parts.size() > 1;
    return parts;
  }

 private:
  // Numbers nodes in order of content, so that nothing below depends on the order of the feed.
  void number_nodes() {
    std::sort(component_.nodes.begin(), component_.nodes.end(), [this](ArticleId a, ArticleId b) {
      return std::pair(corpus_.record(a).content, a) < std::pair(corpus_.record(b).content, b);
    });
    for (Node node = 0; node < component_.nodes.size(); ++node) {
      node_of_.emplace(component_.nodes[node], node);
      samples_[node] = {node};
    }
  }

  void sort_matches() {
    const auto strength = [this](const ArticleMatch& match) {
      const Node a = node_of_.at(match.first), b = node_of_.at(match.second);
      return std::tuple(-share_of_shorter(match.similarity), -match.similarity.jaccard(), pair_key(a, b));
    };
    std::sort(component_.matches.begin(), component_.matches.end(),
              [&](const ArticleMatch& a, const ArticleMatch& b) { return strength(a) < strength(b); });
  }

  void try_to_join(Node x, Node y) {
    const Node a = sets_.find(x), b = sets_.find(y);
    if (a == b) return;
    const std::uint64_t product = std::uint64_t{sizes_[a]} * sizes_[b];
    const auto refused = refused_.find(pair_key(a, b));
    if (refused != refused_.end() && product < 2 * refused->second) return;
    if (belong_together(a, b)) {
      join(a, b);
    } else {
      refused_[pair_key(a, b)] = product;
    }
  }

  /// Whether enough of the tested pairs between two clusters match, and more than share next to nothing.
  bool belong_together(Node a, Node b) {
    const auto& x = samples_[a].size() <= samples_[b].size() ? samples_[a] : samples_[b];
    const auto& y = samples_[a].size() <= samples_[b].size() ? samples_[b] : samples_[a];
    const auto side = static_cast<std::size_t>(std::max(1.0, std::sqrt(rule_.pairs)));
    const std::size_t of_x = std::min(x.size(), side), of_y = std::min(y.size(), rule_.pairs / of_x);
    std::size_t matching = 0, unrelated = 0;
    for (std::size_t i = 0; i < of_x; ++i) {
      for (std::size_t j = 0; j < of_y; ++j) {
        const Kinship kinship = test(x[i], y[j]);
        matching += kinship == Kinship::match;
        unrelated += kinship == Kinship::none;
      }
    }
    return matching > unrelated &&
           static_cast<double>(matching) >= rule_.least_share * static_cast<double>(of_x * of_y);
  }

  Kinship test(Node a, Node b) {
    const auto [found, is_new] = tested_.try_emplace(pair_key(a, b), Kinship::none);
    if (!is_new) return found->second;
    ++verified_;
    matcher_.load(component_.nodes[a]);
    if (const auto match = matcher_.compare(component_.nodes[b])) {
      component_.matches.push_back(*match);
      return found->second = Kinship::match;
    }
    if (share_of_shorter(matcher_.measure(component_.nodes[b])) >= rule_.least_kinship) found->second = Kinship::some;
    return found->second;
  }

  void join(Node a, Node b) {
    std::vector<Node> merged;
    std::merge(samples_[a].begin(), samples_[a].end(), samples_[b].begin(), samples_[b].end(),
               std::back_inserter(merged));
    if (merged.size() > rule_.pairs) merged.resize(rule_.pairs);
    const std::uint32_t size = sizes_[a] + sizes_[b];
    sets_.unite(a, b);
    const Node root = sets_.find(a);
    samples_[a == root ? b : a].clear();
    samples_[root] = std::move(merged);
    sizes_[root] = size;
  }

  std::vector<NodeCluster> take_apart() {
    std::vector<NodeCluster> parts;
    std::vector<std::uint32_t> part_of(component_.nodes.size(), UINT32_MAX);
    for (Node node = 0; node < component_.nodes.size(); ++node) {
      const Node root = sets_.find(node);
      if (part_of[root] == UINT32_MAX) {
        part_of[root] = static_cast<std::uint32_t>(parts.size());
        parts.emplace_back();
      }
      parts[part_of[root]].nodes.push_back(component_.nodes[node]);
    }
    for (const ArticleMatch& match : component_.matches) {
      const Node a = sets_.find(node_of_.at(match.first)), b = sets_.find(node_of_.at(match.second));
      if (a == b) parts[part_of[a]].matches.push_back(match);
    }
    measure_cohesion(parts, part_of);
    return parts;
  }

  void measure_cohesion(std::vector<NodeCluster>& parts, const std::vector<std::uint32_t>& part_of) {
    std::vector<std::uint64_t> tested(parts.size(), 0), matching(parts.size(), 0);
    for (const auto& [key, kinship] : tested_) {
      const Node a = sets_.find(static_cast<Node>(key >> 32)), b = sets_.find(static_cast<Node>(key));
      if (a != b) continue;
      ++tested[part_of[a]];
      matching[part_of[a]] += kinship == Kinship::match;
    }
    for (std::size_t part = 0; part < parts.size(); ++part) {
      if (tested[part] == 0) continue;
      parts[part].cohesion = static_cast<double>(matching[part]) / static_cast<double>(tested[part]);
    }
  }

  const Corpus& corpus_;
  NodeCluster component_;
  CohesionRule rule_;
  Matcher& matcher_;
  UnionFind sets_;
  std::vector<std::vector<Node>> samples_;  // of each set, by root: its members of smallest content, rising
  std::vector<std::uint32_t> sizes_;        // by root
  std::unordered_map<ArticleId, Node> node_of_;
  std::unordered_map<std::uint64_t, Kinship> tested_;
  std::unordered_map<std::uint64_t, std::uint64_t> refused_;  // pair of roots -> product of sizes
  std::uint64_t verified_ = 0;
};

}  // namespace

std::vector<NodeCluster> hold_together(const Corpus& corpus, NodeCluster component, const CohesionRule& rule,
                                       Matcher& matcher, CohesionCounts& counts) {
  if (component.nodes.size() <= 2) {
    std::vector<NodeCluster> whole;
    whole.push_back(std::move(component));
    return whole;
  }
  return Agglomeration(corpus, std::move(component), rule, matcher).run(counts);
}

}  // namespace wirecopy
