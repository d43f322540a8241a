// From signatures to candidate pairs, partition by partition.
#pragma once

#include <vector>
#include <wirecopy/options.hpp>

#include "cluster/equal_groups.hpp"
#include "corpus/corpus.hpp"
#include "lsh/candidates.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Pairs of representatives that share a band (MinHash), or a table's key and lie within the distance (SimHash); none
/// for Method::exact. Sorted, unique, the same for any number of threads. Throws Error(usage) when SimHash tables
/// would flood.
[[nodiscard]] std::vector<CandidatePair> find_candidates(const Corpus& corpus, const Options& options,
                                                         const EqualGroups& groups, CandidateCounts& counts,
                                                         RunContext& context);

}  // namespace wirecopy
