// Phase two: a corpus -> clusters of copies, with the evidence.
#pragma once

#include <wirecopy/options.hpp>

#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Groups equal articles, finds candidates, verifies them, clusters and decides. Deterministic: the result depends on
/// the corpus and the options only. Throws Error(usage) when the method cannot serve a corpus of this size,
/// Error(cancelled) when the context says stop. What `known` calls boilerplate counts as such beside what the corpus
/// shows, unless the options turn boilerplate off.
[[nodiscard]] Resolution resolve(const Corpus& corpus, const Options& options, RunContext& context,
                                 const BoilerplateModel* known = nullptr);

}  // namespace wirecopy
