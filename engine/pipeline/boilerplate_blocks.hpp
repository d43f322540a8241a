// The blocks of boilerplate that boilerplate.jsonl lists, so that a person can check what was ignored: found here by
// tokens; block_texts.hpp reads their texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "boilerplate/model.hpp"
#include "corpus/corpus.hpp"
#include "pipeline/block_samples.hpp"
#include "pipeline/run_context.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

/// How much is shown.
struct BlockLimits {
  BlockSampling sampling{};
  std::size_t of_source = 20;     ///< blocks listed of a source
  std::size_t of_all = 1U << 15;  ///< blocks listed of all sources; beyond it, fewer of each
  std::size_t characters = 500;   ///< of a block's text that are shown
};

/// A stretch of text that is ignored in some articles of a source, as mark_boilerplate() finds them. Two are the same
/// block if the same learned shingles follow each other in them: a template may be filled with different facts. A block
/// that a single article holds is a variant of others as a rule, and is listed only where its source has none that more
/// of them hold.
struct BoilerplateBlock {
  ArticleId example{};         ///< an article that holds it
  TokenRange tokens;           ///< its position in the example
  std::uint32_t articles = 0;  ///< of the source's sample that hold the block
  std::uint32_t sample = 0;    ///< articles of the sample
  std::uint64_t hash = 0;      ///< of its learned shingles
  bool is_shared = false;      ///< of all sources, not of the example's: the sample is of articles that hold one
  std::string text;            ///< of the example, white space folded, cut at BlockLimits::characters
};

/// The blocks that are listed, shared boilerplate first, then by name of the source, the most frequent first; without
/// their texts. Depends on the corpus, the options and the model only. Memory is bounded by the limits and by 4 KiB a
/// source with boilerplate.
[[nodiscard]] std::vector<BoilerplateBlock> find_blocks(const Corpus& corpus, const Options& options,
                                                        const BoilerplateModel& model, const BlockLimits& limits,
                                                        RunContext& context);

}  // namespace wirecopy
