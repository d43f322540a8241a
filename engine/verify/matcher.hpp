// The matcher decides pairs of articles: which texts are compared, and whether the scores make a match.
#pragma once

#include <optional>
#include <span>
#include <vector>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

#include "corpus/corpus.hpp"
#include "verify/shingle_comparer.hpp"

namespace wirecopy {

/// A verified pair.
struct ArticleMatch {
  ArticleId first{};
  ArticleId second{};
  Relation relation = Relation::near;  ///< what the first is to the second
  Similarity similarity;               ///< first, second in this order
};

/// Whether an article has enough text to be a copy of anything: two tokens or more.
[[nodiscard]] bool is_comparable(const ArticleRecord& record, const Options& options);

/// Compares one article with many. Scratch of one thread; the corpus is shared and only read.
///
/// Texts are compared, without titles (unless Options::title): a copy runs under another headline. But where two texts
/// are equal to the last token, the titles speak: thirty pages that say "no news record found" under thirty headlines
/// are no copies, so title and text together must reach the threshold then.
class Matcher {
 public:
  Matcher(const Corpus& corpus, const Options& options)
      : corpus_(corpus), options_(options), comparer_(options.shingle), whole_(options.shingle) {}

  /// Makes `first` the article that compare() compares with. O(its tokens).
  void load(ArticleId first);

  /// Exact scores of the loaded article and `second`; a match if they reach the threshold. O(tokens of second).
  [[nodiscard]] std::optional<ArticleMatch> compare(ArticleId second);

  /// How many distinct shingles an article has. Unloads the loaded article.
  [[nodiscard]] std::uint32_t count_distinct(ArticleId article);

  /// Gives the matcher known counts of distinct shingles, by article number; 0 means unknown.
  void use_counts(std::span<const std::uint32_t> counts) { counts_ = counts; }

 private:
  [[nodiscard]] std::span<const Token> compared_tokens(ArticleId article) const;
  [[nodiscard]] bool has_equal_text(ArticleId second) const;
  [[nodiscard]] Similarity compare_texts(ArticleId second);
  [[nodiscard]] Similarity compare_whole(ArticleId second);

  const Corpus& corpus_;
  const Options& options_;
  std::span<const std::uint32_t> counts_;
  ShingleComparer comparer_;
  ShingleComparer whole_;  // for titles and texts together
  ArticleId first_ = kNoArticle;
  std::uint32_t first_distinct_ = 0;
};

}  // namespace wirecopy
