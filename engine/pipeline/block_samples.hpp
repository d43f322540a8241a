// Which articles are looked at for the blocks of boilerplate that are listed.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "boilerplate/model.hpp"
#include "corpus/corpus.hpp"
#include "corpus/identity_sample.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// How many articles are looked at.
struct BlockSampling {
  std::size_t of_source = 512;     ///< articles of a source: those of smallest identity
  std::size_t of_all = 1U << 18;   ///< articles of all sources; beyond it, fewer of each...
  std::size_t min_of_source = 32;  ///< ...but not fewer than these
};

/// A source with boilerplate, or all of them with their shared boilerplate, and the articles that are looked at.
struct SampledSource {
  std::string_view name;
  const ShingleSet* boilerplate = nullptr;
  IdentitySample shown;
  std::vector<ArticleId> sample;  ///< of those shown
  bool is_everybody = false;
};

/// All sources together, then those with boilerplate of their own, by name. Sources without such articles are left out.
[[nodiscard]] std::vector<SampledSource> sample_sources(const Corpus& corpus, const BoilerplateModel& model,
                                                        const BlockSampling& sampling, RunContext& context);

}  // namespace wirecopy
