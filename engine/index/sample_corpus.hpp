// A corpus of some remembered articles, for the batch's learners of boilerplate.
#pragma once

#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "base/name_map.hpp"
#include "corpus/corpus.hpp"
#include "index/records.hpp"
#include "sketch/excerpt_sample.hpp"

namespace wirecopy {

class SampleCorpus {
 public:
  SampleCorpus(const Options& options, const ExcerptSample& sample) : options_(options), sample_(sample) {}

  void add(const StoredArticle& article, const std::string& source);
  /// The articles in the order in which they were added. Nothing is left.
  [[nodiscard]] Corpus take();

 private:
  void end_block();

  const Options& options_;
  const ExcerptSample& sample_;
  NameMap<std::uint32_t> sources_;  // of the block
  Corpus corpus_;
  SketchBlock block_;
  std::vector<std::uint64_t> shingles_;
};

}  // namespace wirecopy
