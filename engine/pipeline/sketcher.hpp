// The sketcher: one article -> its tokens, digests and signature, appended to a SketchBlock.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>
#include <wirecopy/article.hpp>
#include <wirecopy/options.hpp>

#include "base/hash.hpp"
#include "base/kernel.hpp"
#include "base/name_map.hpp"
#include "base/stage_timer.hpp"
#include "corpus/corpus.hpp"
#include "sketch/excerpt_sample.hpp"
#include "sketch/minhash.hpp"
#include "text/tokenizer.hpp"

namespace wirecopy {

/// Throws Error(usage) where a string of the article has more than kMaxTextBytes: places in texts, and in blocks of
/// them, are 32 bits wide.
void check_sizes(const Article& article);

/// Scratch of one thread, reused from article to article so that nothing is allocated once it is warm.
struct SketchScratch {
  TokenizerScratch tokenizer;
  LargeArray<std::uint64_t> shingles;
  std::chrono::steady_clock::duration tokenize_time{};
  std::chrono::steady_clock::duration sign_time{};

  /// Adds the times gathered so far to the stages' and starts again.
  void report(StageTimes& times);
};

/// Numbers the sources of one block. Emptied for each block.
class SourceTable {
 public:
  SourceId intern(std::string_view source, SketchBlock& block);
  void clear() { ids_.clear(); }

 private:
  NameMap<SourceId> ids_;
  std::string key_;
};

/// Immutable; shared by all threads.
class Sketcher {
 public:
  /// `kernel` changes speed only.
  Sketcher(const Options& options, Kernel kernel);

  /// Appends an article to a block. `id` may differ from the article's own, where that is empty.
  /// Throws Error(usage), with the block as it was, where a string has more than kMaxTextBytes.
  void sketch(const Article& article, std::string_view id, const LinePosition& place, std::uint64_t ordinal,
              SketchBlock& block, SourceTable& sources, SketchScratch& scratch) const;

  /// Tokens of an article, title and text. For callers that must know before sketching it; takes half as long as that.
  [[nodiscard]] std::size_t count_tokens(const Article& article, SketchScratch& scratch) const {
    return tokenizer_.count(article.title, scratch.tokenizer) + tokenizer_.count(article.text, scratch.tokenizer);
  }

  /// Words of a signature.
  [[nodiscard]] std::size_t signature_words() const { return signature_words_; }
  [[nodiscard]] const ExcerptSample& excerpt_sample() const { return sample_; }

 private:
  void tokenize(const Article& article, ArticleRecord& record, SketchBlock& block, SketchScratch& scratch) const;
  void sign(ArticleRecord& record, SketchBlock& block, SketchScratch& scratch) const;
  [[nodiscard]] Digest digest_content(const ArticleRecord& record, const SketchBlock& block) const;

  Options options_;
  Kernel kernel_;
  Hasher hasher_;
  Tokenizer tokenizer_;
  ExcerptSample sample_;
  MinHasher minhasher_;
  std::size_t signature_words_;
};

/// How the samples that a Sketcher with these options takes are made of tokens.
[[nodiscard]] SampleRule sample_rule(const Options& options);

/// Method::sample: the probability that two texts of 50 words, of which `share` is the same, have a sampled shingle in
/// common, so that they become a candidate.
[[nodiscard]] double sample_probability(const Options& options, double share);

}  // namespace wirecopy
