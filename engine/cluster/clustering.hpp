// Clusters over verified matches, and what becomes of each member.
//
// A node is a group of equal articles, named by its representative; matches link nodes. Clusters are made of nodes and
// then spread out to articles. Within a cluster, members are taken by preference: the first is the canonical and is
// kept; each other one is removed if it was verified to match the canonical, or else the best of the members kept
// before it, and has hardly any text of its own; all others stay in their cluster and are kept.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "cluster/canonical.hpp"
#include "cluster/equal_groups.hpp"
#include "corpus/corpus.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {

/// A member with more editorial text of its own than this share is never removed.
inline constexpr double kMaxOwnText = 0.3;

/// Whether an article may be removed for one that it matches: one rule for batch and stream. `relation` and
/// `similarity` are those of the article and the other one.
[[nodiscard]] inline bool may_be_removed(const RelationSet& drop, Relation relation, const Similarity& similarity) {
  return drop.contains(relation) && (relation == Relation::exact || similarity.containment() >= 1 - kMaxOwnText);
}

/// What becomes of one article of a cluster.
struct Decision {
  ArticleId article{};
  bool kept = true;
  ArticleId match = kNoArticle;  ///< the kept article it was removed for; of a kept member, the canonical if they match
  Relation relation = Relation::near;  ///< what the article is to `match`
  Similarity similarity;               ///< of the article and `match`
};

/// The nodes of one cluster and the matches between them.
struct NodeCluster {
  std::vector<ArticleId> nodes;
  std::vector<ArticleMatch> matches;
  double cohesion = 1;  ///< share of matching pairs among those tested
};

/// Connected components of nodes over matches: every cluster of two or more articles. Groups of equal articles that no
/// match links to others are components of one node. Components are in the order of their smallest nodes, nodes by
/// number, matches as they were given. Immutable after construction; 8 bytes an article and 4 a match.
class Components {
 public:
  /// O((n + m) log). The matches must outlive it.
  Components(const Corpus& corpus, const EqualGroups& groups, std::span<const ArticleMatch> matches);

  [[nodiscard]] std::size_t size() const { return first_node_.size() - 1; }
  [[nodiscard]] NodeCluster operator[](std::size_t component) const;

 private:
  std::span<const ArticleMatch> matches_;
  std::pmr::vector<ArticleId> nodes_;            // by component
  std::pmr::vector<std::uint32_t> first_node_;   // of each component in nodes_, and the end
  std::pmr::vector<std::uint32_t> order_;        // numbers of matches, by component
  std::pmr::vector<std::uint32_t> first_match_;  // of each component in order_, and the end
};

/// Decides every article of a cluster; the canonical first, the others by preference. Compares each node with the
/// canonical once more, so it is linear in the cluster's tokens and matches. Sorts the nodes by preference.
[[nodiscard]] std::vector<Decision> decide(NodeCluster& cluster, const EqualGroups& groups, const Options& options,
                                           const Preference& preference, Matcher& matcher);

/// The smallest identity (hash of content and id) among the members: what a cluster is named by.
[[nodiscard]] std::uint64_t cluster_identity(const Corpus& corpus, std::span<const Decision> members);

}  // namespace wirecopy
