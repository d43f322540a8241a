// Articles of a corpus here and there, where the corpus may be larger than the memory.
//
// Looking at an article of a mapped file brings 64 KiB of it into the process for the two that are asked for, and 128
// from a disk; when those of some thousand articles fill the budget, all is unmapped, what was in use everywhere else
// included. So whoever jumps about in a corpus copies what it asks for. Articles of more than 64 KiB are looked at
// where they are, and so is everything where the corpus is in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "corpus/corpus.hpp"

namespace wirecopy {

/// One article at a time. Scratch of one thread.
class ArticleReader {
 public:
  explicit ArticleReader(const Corpus& corpus) : corpus_(corpus) {}

  /// As Corpus::tokens(), valid until the next call. Throws Error(io).
  [[nodiscard]] std::span<const Token> tokens(ArticleId article);
  /// The same as Corpus::compared_tokens().
  [[nodiscard]] std::span<const Token> compared_tokens(ArticleId article, bool with_title) {
    return with_title ? tokens(article) : tokens(article).subspan(corpus_.record(article).title_tokens);
  }

 private:
  const Corpus& corpus_;
  std::vector<Token> tokens_;
};

/// Some articles as a corpus of their own, for who looks at them again and again. Scratch of one thread.
class CorpusExcerpt {
 public:
  explicit CorpusExcerpt(const Corpus& whole) : whole_(whole) {}

  /// Copies records, tokens, samples and sources of `articles`, best in rising order; not strings and signatures.
  /// Returns the articles that they are in corpus(), valid until the next call. Throws Error(io).
  [[nodiscard]] std::span<const ArticleId> take(std::span<const ArticleId> articles);
  /// Of the articles taken last; the whole where that is in memory. Always the same object.
  [[nodiscard]] const Corpus& corpus() const { return whole_.is_mapped() ? excerpt_ : whole_; }

 private:
  const Corpus& whole_;
  Corpus excerpt_;
  std::vector<Token> tokens_;  // what the excerpt is a view of
  std::vector<std::uint64_t> samples_;
  std::vector<ArticleId> taken_;
};

}  // namespace wirecopy
