// Clusters that hold together.
//
// Problem. A match between A and B and one between B and C say nothing about A and C: a digest contains three
// stories, a page repeats a background block, a chain of updates ends with other news. Connected components join them
// all; components of hundreds of thousands of articles are reported in the literature.
//
// Idea. Agglomerate, strongest match first, and join two clusters only where at least two in five of their cross pairs
// match, and more of them match than share nothing: so the ends of a chain of three, or two stories of one digest, stay
// apart, while copies that were cut differently, and miss the threshold by a little, come together.
// Cross pairs are sampled: each cluster carries its members of smallest content hash, a sample that merges by taking
// the smallest of both; at most `pairs` pairs between the two samples are looked up or, where candidates were capped
// and nobody looked at them yet, verified now.
//
// Guarantee. Whenever two clusters were joined, at least `least_share` of the tested pairs between them matched, and
// more matched than shared next to nothing (all pairs, while their product of sizes is within `pairs`). The result
// depends on contents only: matches are taken in order of strength and content, and samples are chosen by content.
//
// Cost. A refused join is tried again only after the product of the sizes has doubled, so the verifications are
// O(pairs * matches * log size) at worst, and usually one test per member.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "base/union_find.hpp"

namespace wirecopy {

struct CohesionRule {
  double least_share = 0.4;  ///< of tested cross pairs that must match
  /// Two articles share next to nothing if less than this of the shorter one is in the other.
  double least_kinship = 0.03;
  std::uint32_t pairs = 64;  ///< cross pairs tested at most for one join
};

/// What the texts of a tested pair have in common: next to nothing, something, enough for a match.
enum class Kinship : std::uint8_t { none, some, match };

/// A match between two nodes, with what says how strong it is.
struct StrongPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double share = 0;    ///< how far the shorter text agrees with the other (see Similarity::agreement)
  double jaccard = 0;  ///< decides between equal shares
};

/// One connected component, wherever its texts are kept. Nodes are numbers in order of content, so that nothing depends
/// on the order of the feed. For one thread.
class Agglomeration {
 public:
  using Node = std::uint32_t;
  using Test = std::function<Kinship(Node, Node)>;

  /// `test` compares two texts; it is called at most once per pair, and not for known pairs.
  Agglomeration(std::uint32_t nodes, const CohesionRule& rule, Test test);

  /// Pairs whose kinship is known beforehand; all matches must be.
  void know(Node a, Node b, Kinship kinship) { tested_[pair_key(a, b)] = kinship; }
  /// Joins along the matches, strongest first.
  void run(std::vector<StrongPair> matches);

  /// The smallest node of the cluster that holds `node`.
  [[nodiscard]] Node find(Node node) { return sets_.find(node); }
  /// Calls `use(a, b, kinship)` for every pair known or tested.
  template <typename Use>
  void for_each_tested(Use&& use) const {
    for (const auto& [key, kinship] : tested_) use(static_cast<Node>(key >> 32), static_cast<Node>(key), kinship);
  }

 private:
  static std::uint64_t pair_key(Node a, Node b) { return std::uint64_t{a < b ? a : b} << 32 | (a < b ? b : a); }

  void try_to_join(Node x, Node y);
  [[nodiscard]] bool belong_together(Node a, Node b);
  [[nodiscard]] Kinship test(Node a, Node b);
  void join(Node a, Node b);

  CohesionRule rule_;
  Test test_;
  UnionFind sets_;
  std::vector<std::vector<Node>> samples_;  // of each set, by root: its members of smallest content, in ascending order
  std::vector<std::uint32_t> sizes_;        // by root
  std::unordered_map<std::uint64_t, Kinship> tested_;
  std::unordered_map<std::uint64_t, std::uint64_t> refused_;  // pair of roots -> product of sizes
};

}  // namespace wirecopy
