// From sketches to candidate pairs, partition by partition.
#pragma once

#include <memory_resource>
#include <vector>
#include <wirecopy/options.hpp>

#include "boilerplate/model.hpp"
#include "cluster/equal_groups.hpp"
#include "corpus/corpus.hpp"
#include "lsh/candidates.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Pairs of representatives of equal articles that may match: by sampled editorial shingles that they share (sample),
/// by a band (minhash), by a table's key and the distance (simhash); none for Method::exact. Sorted, unique, the same
/// for any number of threads.
[[nodiscard]] std::pmr::vector<CandidatePair> find_candidates(const Corpus& corpus, const Options& options,
                                                              const EqualGroups& groups, const BoilerplateModel& model,
                                                              CandidateCounts& counts, RunContext& context);

}  // namespace wirecopy
