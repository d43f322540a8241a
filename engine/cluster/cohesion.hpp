// Clusters that hold together.
//
// Problem. A match between A and B and one between B and C say nothing about A and C: a digest carries three stories, a
// page repeats a background block, an update chain ends somewhere else. Connected components join them all; the
// literature knows components of hundreds of thousands of articles.
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
// O(pairs * matches * log size) at worst, and usually one test a member.
#pragma once

#include <cstdint>
#include <vector>

#include "cluster/clustering.hpp"
#include "corpus/corpus.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {

struct CohesionRule {
  double least_share = 0.4;  ///< of tested cross pairs that must match
  /// Two articles share next to nothing if less than this of the shorter one is in the other.
  double least_kinship = 0.03;
  std::uint32_t pairs = 64;  ///< cross pairs tested at most for one join
};

struct CohesionCounts {
  std::uint64_t chains_cut = 0;  ///< components that were split
  std::uint64_t verified = 0;    ///< cross pairs compared
};

/// Splits a connected component into clusters that hold together; components that hold together come back whole.
/// Single nodes come back as clusters of one. Matches between the parts are dropped, and those found on the way added.
/// Sets each part's cohesion.
[[nodiscard]] std::vector<NodeCluster> hold_together(const Corpus& corpus, NodeCluster component,
                                                     const CohesionRule& rule, Matcher& matcher,
                                                     CohesionCounts& counts);

}  // namespace wirecopy
