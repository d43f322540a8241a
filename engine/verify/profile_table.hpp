// The profiles of all articles that are compared, and where their boilerplate is.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>
#include <wirecopy/options.hpp>

#include "boilerplate/model.hpp"
#include "corpus/corpus.hpp"
#include "verify/text_comparer.hpp"
#include "verify/text_profile.hpp"

namespace wirecopy {

/// Filled chunk by chunk, by any number of threads on different chunks; then only read. 28 bytes per article and 8 per
/// block of boilerplate.
class ProfileTable {
 public:
  static constexpr std::uint32_t kChunk = 1024;  ///< articles

  /// Both must outlive the table.
  ProfileTable(const Corpus& corpus, const BoilerplateModel& model, const Options& options);

  [[nodiscard]] std::size_t chunks() const { return ranges_.size(); }
  /// Finds the boilerplate and the editorial part of the articles of a chunk for which `wanted` (by article number) is
  /// not 0: all that verdicts need.
  void mark(std::size_t chunk, std::span<const char> wanted);
  /// Counts the distinct shingles of those articles, which were marked: which the scores of matches also need.
  void count(std::size_t chunk, std::span<const char> wanted, TextComparer& comparer);
  /// Both.
  void fill(std::size_t chunk, std::span<const char> wanted, TextComparer& comparer);

  [[nodiscard]] const TextProfile& profile(ArticleId article) const { return profiles_[number(article)]; }
  [[nodiscard]] ComparedText text(ArticleId article) const { return text(article, corpus_.tokens(article)); }
  /// The same for a caller that has the article's tokens, including those of the title.
  [[nodiscard]] ComparedText text(ArticleId article, std::span<const Token> tokens) const;

 private:
  struct Place {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  template <typename Use>
  void for_each_wanted(std::size_t chunk, std::span<const char> wanted, Use use);

  const Corpus& corpus_;
  bool with_title_;
  unsigned words_;
  std::vector<IgnoredShingles> boilerplate_;  // by source number
  std::pmr::vector<TextProfile> profiles_;
  std::pmr::vector<Place> places_;
  std::vector<std::vector<TokenRange>> ranges_;  // by chunk
};

}  // namespace wirecopy
