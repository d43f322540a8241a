// boilerplate.jsonl: what of each source was ignored, as text, so that a person can check it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "base/buffered_writer.hpp"
#include "boilerplate/model.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/field_map.hpp"
#include "pipeline/run_context.hpp"
#include "verify/text_profile.hpp"

namespace wirecopy {

/// How much is shown.
struct BlockLimits {
  std::size_t sample = 512;       ///< articles looked at in a source: those of smallest identity
  std::size_t of_source = 20;     ///< blocks listed of a source
  std::size_t of_all = 1U << 15;  ///< blocks listed of all sources; beyond it, fewer of each
  std::size_t characters = 500;   ///< of a block's text that are shown
};

/// A stretch of text that is ignored in some articles of a source, as mark_boilerplate() finds them. Two are the same
/// block if the same learnt shingles follow each other in them: a template may be filled with different facts. A block
/// that a single article holds is a variant of others as a rule, and is listed only where its source has none that more
/// of them hold.
struct BoilerplateBlock {
  ArticleId example{};         ///< an article that holds it
  TokenRange tokens;           ///< where it stands in the example
  std::uint32_t articles = 0;  ///< of the source's sample that hold the block
  std::uint32_t sample = 0;    ///< articles of the sample
  std::uint64_t hash = 0;      ///< of its learnt shingles
  std::string text;            ///< of the example, white space folded, cut at BlockLimits::characters
};

/// The blocks that are listed, by name of the source, the most frequent first; without their texts. Depends on the
/// corpus, the options and the model only. Memory is bounded by the limits and by 4 KiB a source with boilerplate.
[[nodiscard]] std::vector<BoilerplateBlock> find_blocks(const Corpus& corpus, const Options& options,
                                                        const BoilerplateModel& model, const BlockLimits& limits,
                                                        RunContext& context);

/// Reads the examples once more and sets the texts. Throws as LineCopier does.
void read_block_texts(const Corpus& corpus, const Options& options, const FieldMap& fields,
                      const std::vector<InputRecord>& records, const BlockLimits& limits,
                      std::vector<BoilerplateBlock>& blocks, RunContext& context);

/// A line for every block.
void write_blocks(const Corpus& corpus, const std::vector<BoilerplateBlock>& blocks, BufferedWriter& out);

/// The tokens of runs of shingles (as mark_boilerplate gives them): from the first of a run's first shingle to the last
/// of its last. O(tokens).
[[nodiscard]] std::vector<TokenRange> tokens_of_shingles(std::span<const Token> tokens, unsigned words,
                                                         std::span<const TokenRange> shingles);

}  // namespace wirecopy
