// The texts of an index as the judge of pairs sees them, and what two of them have in common.
#pragma once

#include <optional>
#include <vector>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

#include "cluster/agglomeration.hpp"
#include "index/records.hpp"
#include "index/sources.hpp"
#include "index/store.hpp"
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
  ArticleKey key = 0;
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
  /// The stretches of the loaded text that `second` holds too.
  [[nodiscard]] std::vector<TokenRange> shared_ranges(const MarkedText& second);

 private:
  const Options& options_;
  PairJudge judge_;
  TextComparer comparer_;
  const MarkedText* first_ = nullptr;
  TextProfile profile_;  // of the loaded text, complete
};

/// Whether `a` agrees better with the loaded article than `b`: it holds more of it, or it is more similar altogether.
[[nodiscard]] bool is_better(const ComparedArticle& a, const ComparedArticle& b);

}  // namespace wirecopy
