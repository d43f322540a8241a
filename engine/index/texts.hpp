// The texts of an index as the judge of pairs sees them, and what two of them have in common.
#pragma once

#include <optional>
#include <vector>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

#include "cluster/agglomeration.hpp"
#include "index/records.hpp"
#include "index/sources.hpp"
#include "store/store.hpp"
#include "verify/pair_judge.hpp"

namespace wirecopy {

/// A text with its boilerplate marked.
struct MarkedText {
  StoredArticle article;
  std::vector<TokenRange> boilerplate;
  TextProfile profile;

  [[nodiscard]] JudgedArticle view(bool with_title) const;
};

/// Marks what `boilerplate` holds.
void mark_text(MarkedText& text, const Options& options, const IgnoredShingles& boilerplate);

/// A text that was compared with another.
struct ComparedArticle {
  ArticleKey key;
  Kinship kinship = Kinship::none;
  bool is_equal = false;               ///< same title and text
  bool is_partial = false;             ///< no match, but enough shared text to tell
  Relation relation = Relation::near;  ///< what the loaded article is to it
  Similarity similarity;               ///< of the loaded article and it
};

/// Scratch of one thread.
class TextJudge {
 public:
  explicit TextJudge(const Options& options) : options_(options), judge_(options), comparer_(options.shingle) {}

  /// Makes a text the one to compare with; it must outlive the comparisons.
  void load(const MarkedText& first);
  [[nodiscard]] ComparedArticle compare(ArticleKey key, const MarkedText& second);
  /// The same as comparing with the text that `holder` has loaded, which may be much longer: O(tokens of the text that
  /// is loaded here).
  [[nodiscard]] ComparedArticle compare_with_held(ArticleKey key, TextJudge& holder);
  /// The stretches of the loaded text that `second` holds too.
  [[nodiscard]] std::vector<TokenRange> shared_ranges(const MarkedText& second);

 private:
  [[nodiscard]] ComparedArticle judged(ArticleKey key, Judgement judgement, const Similarity& similarity) const;

  const Options& options_;
  PairJudge judge_;
  TextComparer comparer_;
  const MarkedText* first_ = nullptr;
  TextProfile profile_;  // of the loaded text, complete
};

/// A remembered text that is much longer than those that are compared with it, held for all of them: reading it,
/// marking its boilerplate and indexing its shingles is done once. Scratch of one thread.
class LongText {
 public:
  explicit LongText(const Options& options) : judge_(options) {}

  /// Whether a text is worth holding, for a comparison with one of so many tokens.
  [[nodiscard]] static bool is_worth_holding(const MarkedText& text, std::size_t tokens) {
    return text.article.tokens.size() > kLongText && text.article.tokens.size() > kMuchLonger * tokens;
  }
  /// Holds a copy of a text, as it is at a `moment` of the index.
  void hold(ArticleKey key, std::uint64_t moment, const MarkedText& text);
  /// Whether this text is held, as it is at the moment.
  [[nodiscard]] bool holds(ArticleKey key, std::uint64_t moment) const { return key_ == key && moment_ == moment; }
  [[nodiscard]] const StoredArticle& article() const { return text_.article; }
  [[nodiscard]] TextJudge& judge() { return judge_; }

 private:
  static constexpr std::size_t kLongText = 2048, kMuchLonger = 4;  // tokens, times

  ArticleKey key_ = kNoKey;
  std::uint64_t moment_ = 0;
  MarkedText text_;
  TextJudge judge_;
};

/// Whether `a` agrees better with the loaded article than `b`: it holds more of it, or it is more similar altogether.
[[nodiscard]] bool is_better(const ComparedArticle& a, const ComparedArticle& b);

}  // namespace wirecopy
