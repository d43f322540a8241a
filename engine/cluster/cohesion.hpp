// Clusters of a corpus that hold together (how: agglomeration.hpp).
#pragma once

#include <cstdint>
#include <vector>

#include "cluster/agglomeration.hpp"
#include "cluster/clustering.hpp"
#include "corpus/corpus.hpp"
#include "verify/matcher.hpp"

namespace wirecopy {

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
