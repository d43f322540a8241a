// Access to the articles of a corpus that may be larger than memory.
//
// Accessing an article of a mapped file brings 64 KiB of the file into the process for the 2 KiB that are needed, and
// 128 KiB from a disk. When those of some thousand articles fill the budget, everything is unmapped, including pages in
// use elsewhere. So code that accesses a corpus at random copies what it needs. Articles of more than 64 KiB are
// accessed in place, and so is everything if the corpus is in memory. Samples are not stored in files; they are
// recomputed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/prefetch.hpp"
#include "corpus/corpus.hpp"

namespace wirecopy {

/// Computes samples from tokens. Scratch space of one thread.
class SampleMaker {
 public:
  explicit SampleMaker(std::pmr::memory_resource* memory) : shingles_(memory) {}

  /// Appends the sample of an article of `corpus` with these tokens, which include the title.
  void append(const Corpus& corpus, ArticleId article, std::span<const Token> tokens, LargeArray<std::uint64_t>& to);

 private:
  LargeArray<std::uint64_t> shingles_;
};

/// Reads one article at a time. Scratch space of one thread.
class ArticleReader {
 public:
  explicit ArticleReader(const Corpus& corpus) : corpus_(corpus) {}

  /// Prefetches the tokens of an article that will be read next (see base/prefetch.hpp).
  void prefetch_tokens(ArticleId article) const {
    if (!corpus_.is_mapped()) prefetch(corpus_.tokens(article));
  }
  /// Like Corpus::tokens(), but valid only until the next call. Throws Error(io).
  [[nodiscard]] std::span<const Token> tokens(ArticleId article);
  /// Like Corpus::compared_tokens().
  [[nodiscard]] std::span<const Token> compared_tokens(ArticleId article, bool with_title) {
    return with_title ? tokens(article) : tokens(article).subspan(corpus_.record(article).title_tokens);
  }

  /// Like Corpus::sample(), but valid only until the next call. For sequential access: the tokens from which the sample
  /// is computed are read in place.
  [[nodiscard]] std::span<const std::uint64_t> sample(ArticleId article);

 private:
  const Corpus& corpus_;
  SampleMaker maker_{corpus_.memory()};
  std::vector<Token> tokens_;
  LargeArray<std::uint64_t> sample_{corpus_.memory()};
};

/// Some articles as a corpus of their own, for repeated access. Scratch space of one thread.
class CorpusExcerpt {
 public:
  /// The copies use the memory resource of `whole`.
  explicit CorpusExcerpt(const Corpus& whole) : whole_(whole), excerpt_(whole.memory()) {}

  /// Copies records, tokens, samples and sources of `articles`, preferably in ascending order, but not strings and
  /// signatures. Returns the ids that they have in corpus(), valid until the next call and as long as `articles`.
  /// Throws Error(io).
  [[nodiscard]] std::span<const ArticleId> take(std::span<const ArticleId> articles);
  /// The articles taken last, or `whole` if that is in memory. Always the same object.
  [[nodiscard]] const Corpus& corpus() const { return whole_.is_mapped() ? excerpt_ : whole_; }

 private:
  /// Copies the data that the excerpt refers to.
  void copy(std::span<const ArticleId> articles);

  const Corpus& whole_;
  Corpus excerpt_;
  SampleMaker maker_{whole_.memory()};
  LargeArray<Token> tokens_{whole_.memory()};
  LargeArray<std::uint64_t> samples_{whole_.memory()};
  std::vector<std::span<const Token>> texts_;  // by article: in tokens_, or the original
  std::vector<std::size_t> sample_begins_;     // by article, and the end
  std::vector<ArticleId> taken_;
};

}  // namespace wirecopy
