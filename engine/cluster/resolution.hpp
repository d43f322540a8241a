// What a run found out about its articles.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "boilerplate/model.hpp"
#include "cluster/clustering.hpp"
#include "cluster/cohesion.hpp"
#include "lsh/candidates.hpp"

namespace wirecopy {

/// One cluster of a ClusterTable.
struct ResolvedCluster {
  std::uint64_t identity = 0;           ///< the smallest identity of its members
  std::span<const Decision> members{};  ///< the canonical first, the others by preference
  double cohesion = 1;                  ///< share of matching pairs among those tested

  /// "w" and 16 hexadecimal digits.
  [[nodiscard]] std::string id() const;
};

/// Clusters with their decisions: 32 bytes a cluster and 56 a member, in arrays that may be on disk.
class ClusterTable {
 public:
  explicit ClusterTable(std::pmr::memory_resource* memory = std::pmr::new_delete_resource()) : clusters_(memory) {}

  /// Copies the members.
  void append(const ResolvedCluster& cluster);
  /// By the canonical's number.
  void sort();

  [[nodiscard]] std::size_t size() const { return clusters_.size(); }
  [[nodiscard]] bool empty() const { return clusters_.empty(); }
  [[nodiscard]] const ResolvedCluster& operator[](std::size_t i) const { return clusters_[i]; }
  [[nodiscard]] auto begin() const { return clusters_.begin(); }
  [[nodiscard]] auto end() const { return clusters_.end(); }

 private:
  std::pmr::vector<ResolvedCluster> clusters_;
  std::vector<std::pmr::vector<Decision>> pools_;  // filled up to their capacity, so that members never move
};

/// What an index remembers, and an article is a copy of.
struct KnownCopy {
  std::string id;                      ///< of the remembered article
  std::string cluster;                 ///< the index's name of its story; empty if it has none
  Relation relation = Relation::near;  ///< what the article is to it
  Similarity similarity;               ///< of the article and it
};
using KnownCopies = std::unordered_map<ArticleId, KnownCopy>;

struct Resolution {
  /// `memory` holds what grows with the number of articles.
  explicit Resolution(std::pmr::memory_resource* memory = std::pmr::new_delete_resource())
      : clusters(memory), matches(memory), equal(memory) {}

  ClusterTable clusters;                   ///< by the canonical's number
  std::pmr::vector<ArticleMatch> matches;  ///< between representatives of equal articles, by numbers
  std::pmr::vector<ArticleMatch> equal;    ///< each article with an equal one preferred to it (first), by both numbers
  std::uint64_t equal_groups = 0;          ///< groups of two or more equal articles
  CandidateCounts candidates;
  std::uint64_t verified = 0;  ///< pairs that were compared
  CohesionCounts cohesion;
  BoilerplateModel boilerplate;  ///< what was ignored
  std::uint64_t duplicates = 0;  ///< articles not kept
  /// Articles that would have been kept, but are removed for what an index remembers.
  KnownCopies known;
};

/// For each article, the position of its decision; articles without a cluster have none.
class DecisionTable {
 public:
  /// O(articles). The resolution must outlive the table.
  DecisionTable(const Resolution& resolution, std::size_t articles);

  [[nodiscard]] const ResolvedCluster* cluster(ArticleId article) const;
  [[nodiscard]] const Decision* decision(ArticleId article) const;
  [[nodiscard]] bool is_kept(ArticleId article) const;
  /// What the article was removed for in an index, if it was.
  [[nodiscard]] const KnownCopy* known(ArticleId article) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Place {
    std::uint32_t cluster = kNone;
    std::uint32_t member = 0;
  };

  const Resolution& resolution_;
  std::pmr::vector<Place> places_;
};

}  // namespace wirecopy
