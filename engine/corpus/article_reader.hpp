// Articles of a corpus that may be larger than the memory.
//
// Looking at an article of a mapped file brings 64 KiB of it into the process for the two that are asked for, and 128
// from a disk; when those of some thousand articles fill the budget, all is unmapped, what was in use everywhere else
// included. So whoever jumps about in a corpus copies what it asks for. Articles of more than 64 KiB are looked at
// where they are, and so is everything where the corpus is in memory. Samples are not in files: they are made anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/prefetch.hpp"
#include "corpus/corpus.hpp"

namespace wirecopy {

/// Makes samples of tokens. Scratch of one thread.
class SampleMaker {
 public:
  explicit SampleMaker(std::pmr::memory_resource* memory) : shingles_(memory) {}

  /// Appends the sample of an article of `corpus` with these tokens, those of the title included.
  void append(const Corpus& corpus, ArticleId article, std::span<const Token> tokens, LargeArray<std::uint64_t>& to);

 private:
  LargeArray<std::uint64_t> shingles_;
};

/// One article at a time. Scratch of one thread.
class ArticleReader {
 public:
  explicit ArticleReader(const Corpus& corpus) : corpus_(corpus) {}

  /// Asks for the tokens of an article that is the next to be read (see base/prefetch.hpp).
  void ask_for(ArticleId article) const {
    if (!corpus_.is_mapped()) prefetch(corpus_.tokens(article));
  }
  /// As Corpus::tokens(), valid until the next call. Throws Error(io).
  [[nodiscard]] std::span<const Token> tokens(ArticleId article);
  /// The same as Corpus::compared_tokens().
  [[nodiscard]] std::span<const Token> compared_tokens(ArticleId article, bool with_title) {
    return with_title ? tokens(article) : tokens(article).subspan(corpus_.record(article).title_tokens);
  }

  /// As Corpus::sample(), valid until the next call. For who goes through the corpus in order: the tokens of which a
  /// sample is made are looked at where they are.
  [[nodiscard]] std::span<const std::uint64_t> sample(ArticleId article);

 private:
  const Corpus& corpus_;
  SampleMaker maker_{corpus_.memory()};
  std::vector<Token> tokens_;
  LargeArray<std::uint64_t> sample_{corpus_.memory()};
};

/// Some articles as a corpus of their own, for who looks at them again and again. Scratch of one thread.
class CorpusExcerpt {
 public:
  /// The copies are in the memory of the whole.
  explicit CorpusExcerpt(const Corpus& whole) : whole_(whole), excerpt_(whole.memory()) {}

  /// Copies records, tokens, samples and sources of `articles`, best in rising order; not strings and signatures.
  /// Returns the articles that they are in corpus(), valid until the next call and as long as `articles`. Throws
  /// Error(io).
  [[nodiscard]] std::span<const ArticleId> take(std::span<const ArticleId> articles);
  /// Of the articles taken last; the whole where that is in memory. Always the same object.
  [[nodiscard]] const Corpus& corpus() const { return whole_.is_mapped() ? excerpt_ : whole_; }

 private:
  /// Fills what the excerpt is a view of.
  void copy(std::span<const ArticleId> articles);

  const Corpus& whole_;
  Corpus excerpt_;
  SampleMaker maker_{whole_.memory()};
  LargeArray<Token> tokens_{whole_.memory()};
  LargeArray<std::uint64_t> samples_{whole_.memory()};
  std::vector<std::span<const Token>> texts_;  // of each article: in tokens_, or where it is
  std::vector<std::size_t> sample_begins_;     // of each article, and the end
  std::vector<ArticleId> taken_;
};

}  // namespace wirecopy
