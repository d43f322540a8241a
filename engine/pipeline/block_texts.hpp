// The texts of listed blocks of boilerplate, read from the feed again.
#pragma once

#include <memory>
#include <span>
#include <vector>
#include <wirecopy/options.hpp>

#include "corpus/corpus.hpp"
#include "feed/field_map.hpp"
#include "feed/second_reading.hpp"
#include "pipeline/boilerplate_blocks.hpp"

namespace wirecopy {

/// Sets the texts of blocks from the lines of their examples.
class BlockTexts {
 public:
  /// All but `kernel` must outlive it; nothing but the texts of the blocks is changed.
  BlockTexts(const Corpus& corpus, const Options& options, const FieldMap& fields, const BlockLimits& limits,
             std::vector<BoilerplateBlock*> blocks, Kernel kernel);
  ~BlockTexts();
  BlockTexts(const BlockTexts&) = delete;
  BlockTexts& operator=(const BlockTexts&) = delete;

  /// The articles whose lines are needed, in ascending order.
  [[nodiscard]] std::span<const ArticleId> examples() const;
  /// Takes all of their lines, in that order, as a LineCopier writes them.
  [[nodiscard]] ByteSink& sink();

 private:
  class Lines;
  std::unique_ptr<Lines> lines_;
};

}  // namespace wirecopy
