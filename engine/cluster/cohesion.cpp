#include "cluster/cohesion.hpp"

#include <algorithm>
#include <unordered_map>

#include "cluster/families.hpp"
#include "corpus/article_reader.hpp"

namespace wirecopy {
namespace {

using Node = Agglomeration::Node;  // place among the component's nodes, which are in order of content

class Component {
 public:
  Component(const Corpus& corpus, NodeCluster component, const CohesionRule& rule, Matcher& matcher)
      : corpus_(corpus),
        component_(std::move(component)),
        rule_(rule),
        matcher_(matcher),
        sets_(static_cast<std::uint32_t>(component_.nodes.size()), rule,
              [this](Node a, Node b) { return test(a, b); }) {
    number_nodes();
  }

  std::vector<NodeCluster> run(CohesionCounts& counts) {
    families_ = Families(family_members(), node_pairs());
    if (!families_.empty()) drop_matches_within_families();
    std::vector<StrongPair> pairs;
    for (const ArticleMatch& match : component_.matches) {
      const Node a = node_of_.at(match.first), b = node_of_.at(match.second);
      pairs.push_back({a, b, match.similarity.agreement(), match.similarity.jaccard()});
      sets_.know(a, b, Kinship::match);
    }
    sets_.run(std::move(pairs));
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
    for (Node node = 0; node < component_.nodes.size(); ++node) node_of_.emplace(component_.nodes[node], node);
  }

  /// With the titles of those whose source has enough nodes for a family.
  std::vector<FamilyMember> family_members() {
    std::unordered_map<std::uint32_t, std::size_t> nodes_of;
    for (const ArticleId article : component_.nodes) ++nodes_of[number(corpus_.record(article).source)];
    std::vector<FamilyMember> members(component_.nodes.size());
    ArticleReader reader(corpus_);
    for (Node node = 0; node < members.size(); ++node) {
      const ArticleId article = component_.nodes[node];
      const ArticleRecord& record = corpus_.record(article);
      members[node].source = number(record.source);
      if (nodes_of[number(record.source)] < FamilyRule{}.least_stories || corpus_.source(article).empty()) continue;
      members[node].title = TitleWords(reader.tokens(article).first(record.title_tokens));
    }
    return members;
  }

  std::vector<NodePair> node_pairs() const {
    std::vector<NodePair> pairs;
    for (const ArticleMatch& match : component_.matches) {
      pairs.push_back({node_of_.at(match.first), node_of_.at(match.second)});
    }
    return pairs;
  }

  void drop_matches_within_families() {
    std::erase_if(component_.matches, [this](const ArticleMatch& match) {
      const Node a = node_of_.at(match.first), b = node_of_.at(match.second);
      if (!families_.are_apart(a, b)) return false;
      sets_.know(a, b, Kinship::none);
      return true;
    });
  }

  Kinship test(Node a, Node b) {
    if (families_.are_apart(a, b)) return Kinship::none;
    ++verified_;
    matcher_.load(component_.nodes[a]);
    if (const auto match = matcher_.compare(component_.nodes[b])) {
      component_.matches.push_back(*match);
      return Kinship::match;
    }
    const double share = matcher_.cover(component_.nodes[b]);
    return share >= rule_.least_kinship ? Kinship::some : Kinship::none;
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
    sets_.for_each_tested([&](Node x, Node y, Kinship kinship) {
      const Node a = sets_.find(x), b = sets_.find(y);
      if (a != b) return;
      ++tested[part_of[a]];
      matching[part_of[a]] += kinship == Kinship::match;
    });
    for (std::size_t part = 0; part < parts.size(); ++part) {
      if (tested[part] == 0) continue;
      parts[part].cohesion = static_cast<double>(matching[part]) / static_cast<double>(tested[part]);
    }
  }

  const Corpus& corpus_;
  NodeCluster component_;
  CohesionRule rule_;
  Matcher& matcher_;
  Agglomeration sets_;
  Families families_;
  std::unordered_map<ArticleId, Node> node_of_;
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
  return Component(corpus, std::move(component), rule, matcher).run(counts);
}

}  // namespace wirecopy
