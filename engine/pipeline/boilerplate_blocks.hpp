// boilerplate.jsonl: what of each source was ignored, as text, so that a person can check it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "base/buffered_writer.hpp"
#include "boilerplate/model.hpp"
#include "corpus/corpus.hpp"
#include "feed/field_map.hpp"
#include "feed/second_reading.hpp"
#include "pipeline/run_context.hpp"
#include "verify/text_profile.hpp"

namespace wirecopy {

/// How much is shown.
struct BlockLimits {
  std::size_t sample = 512;        ///< articles looked at in a source: those of smallest identity
  std::size_t samples = 1U << 18;  ///< articles looked at in all sources; beyond it, fewer of each...
  std::size_t least_sample = 32;   ///< ...but not fewer than these
  std::size_t of_source = 20;      ///< blocks listed of a source
  std::size_t of_all = 1U << 15;   ///< blocks listed of all sources; beyond it, fewer of each
  std::size_t characters = 500;    ///< of a block's text that are shown
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
  bool is_formula = false;     ///< of all sources, not of the example's: the sample is of articles that hold one
  std::string text;            ///< of the example, white space folded, cut at BlockLimits::characters
};

/// The blocks that are listed, formulas first, then by name of the source, the most frequent first; without their
/// texts. Depends on the corpus, the options and the model only. Memory is bounded by the limits and by 4 KiB a source
/// with boilerplate.
[[nodiscard]] std::vector<BoilerplateBlock> find_blocks(const Corpus& corpus, const Options& options,
                                                        const BoilerplateModel& model, const BlockLimits& limits,
                                                        RunContext& context);

/// Sets the texts of blocks, as the lines of their examples come by.
class BlockTexts {
 public:
  /// All but `kernel` must outlive it; nothing but the texts of the blocks is changed.
  BlockTexts(const Corpus& corpus, const Options& options, const FieldMap& fields, const BlockLimits& limits,
             std::vector<BoilerplateBlock*> blocks, Kernel kernel);
  ~BlockTexts();
  BlockTexts(const BlockTexts&) = delete;
  BlockTexts& operator=(const BlockTexts&) = delete;

  /// The articles whose lines are wanted, rising.
  [[nodiscard]] std::span<const ArticleId> examples() const;
  /// Takes all of their lines, in that order, as a LineCopier writes them.
  [[nodiscard]] ByteSink& sink();

 private:
  class Lines;
  std::unique_ptr<Lines> lines_;
};

/// A line for every block.
void write_blocks(const Corpus& corpus, const std::vector<BoilerplateBlock>& blocks, BufferedWriter& out);

/// The tokens of runs of shingles (as mark_boilerplate gives them): from the first of a run's first shingle to the last
/// of its last. O(tokens).
[[nodiscard]] std::vector<TokenRange> tokens_of_shingles(std::span<const Token> tokens, unsigned words,
                                                         std::span<const TokenRange> shingles);

}  // namespace wirecopy
