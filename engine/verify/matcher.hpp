// The matcher decides pairs of articles of a corpus.
#pragma once

#include <cstdint>
#include <optional>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

#include "corpus/article_reader.hpp"
#include "corpus/corpus.hpp"
#include "verify/pair_judge.hpp"
#include "verify/profile_table.hpp"

namespace wirecopy {

/// A verified pair.
struct ArticleMatch {
  ArticleId first{};
  ArticleId second{};
  Relation relation = Relation::near;  ///< what the first is to the second
  Similarity similarity;               ///< first, second in this order
};

/// The same match with its articles in the other order.
[[nodiscard]] inline ArticleMatch seen_from_second(const ArticleMatch& match) {
  return {match.second, match.first, reversed(match.relation), reversed(match.similarity)};
}

/// Whether an article has enough text to be a copy of anything: two tokens or more. `article`: an ArticleRecord, or
/// what else has its numbers of tokens.
template <typename Article>
[[nodiscard]] bool is_comparable(const Article& article, const Options& options) {
  return article.text_tokens + (options.title ? article.title_tokens : 0) >= 2;
}

/// Compares one article with many (see PairJudge). Scratch of one thread; corpus and profiles are shared and only read.
class Matcher {
 public:
  Matcher(const Corpus& corpus, const ProfileTable& profiles, const Options& options)
      : corpus_(corpus), profiles_(profiles), judge_(options), of_first_(corpus), of_second_(corpus) {}

  /// Makes `first` the article that compare() compares with; nothing is done if it is already. O(its tokens).
  void load(ArticleId first);
  /// Exact scores of the loaded article and `second`; a match if they reach the threshold. O(tokens of both).
  [[nodiscard]] std::optional<ArticleMatch> compare(ArticleId second);
  /// The same scores without a verdict.
  [[nodiscard]] Similarity measure(ArticleId second) { return judge_.measure(view(second, of_second_)); }
  /// The share of the shorter one's editorial text that shared shingles cover.
  [[nodiscard]] double cover(ArticleId second) { return judge_.cover(view(second, of_second_)); }
  /// The verdict on the loaded article and `second`, given their scores.
  [[nodiscard]] Judgement judge(const Similarity& similarity, ArticleId second) {
    return judge_.judge(similarity, view(second, of_second_));
  }
  /// How similar the two are with their titles (Jaccard of shingles), without a lead-in that one has; 0 where one is
  /// more than twice as long, or is boilerplate altogether.
  [[nodiscard]] double whole_similarity(ArticleId second) { return judge_.whole_similarity(view(second, of_second_)); }

  /// See PairJudge::shared_figures().
  [[nodiscard]] SharedFigures shared_figures(ArticleId second) {
    return judge_.shared_figures(view(second, of_second_));
  }

  /// An exact match of two articles with equal content.
  [[nodiscard]] ArticleMatch equal(ArticleId first, ArticleId second) const;

 private:
  [[nodiscard]] bool is_too_far_apart(ArticleId second) const;
  [[nodiscard]] JudgedArticle view(ArticleId article, ArticleReader& reader) const;

  const Corpus& corpus_;
  const ProfileTable& profiles_;
  PairJudge judge_;
  ArticleReader of_first_, of_second_;
  ArticleId first_ = kNoArticle;
};

}  // namespace wirecopy
