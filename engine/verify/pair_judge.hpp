// The judge of pairs: which texts are compared, and whether the scores make a match. It sees articles as views,
// wherever they are kept: in a corpus (matcher.hpp) or in an index.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>
#include <wirecopy/match.hpp>
#include <wirecopy/options.hpp>

#include "base/hash.hpp"
#include "corpus/corpus.hpp"
#include "verify/figures.hpp"
#include "verify/series.hpp"
#include "verify/text_comparer.hpp"

namespace wirecopy {

/// A pair matches only if it shares this much editorial text, in words: the share of a tiny text means nothing.
inline constexpr std::uint32_t kLeastSharedWords = 10;
/// With less editorial text than this, in words, an article is short: a headline, a flash, a caption, a stub.
inline constexpr std::uint32_t kShortWords = 20;
/// The same for two articles of one source, which runs few of its stories twice but many stubs, notices and captions.
inline constexpr std::uint32_t kShortWordsOfOneSource = 40;
/// Short articles match if title and text together are this similar (Jaccard of shingles): two captions that differ in
/// one name stay apart.
inline constexpr double kShortSimilarity = 0.8;
/// If two short texts are equal except that one has up to this many words in front (a dateline or a credit), they are
/// compared without those.
inline constexpr std::uint32_t kWordsOfALeadIn = 8;
/// Items of a series (see verify/series.hpp) do not match if one has less editorial text than this, in words.
inline constexpr std::uint32_t kWordsOfASeries = 50;

/// Why two articles match, or why they do not.
enum class Judgement {
  equal,               ///< match: same normalised title and text
  copies,              ///< match: enough of the shorter text is in the other
  nearly_equal,        ///< match: they are short, and title and text together are nearly equal
  too_far_apart,       ///< no match: their dates are more than Options::within apart
  not_equal,           ///< no match, as Method::exact requires equal articles
  short_texts_differ,  ///< no match: one is short, and title and text together are not nearly equal
  little_shared_text,  ///< no match: fewer than kLeastSharedWords are shared
  other_news,          ///< no match: two articles of one outlet have news of their own and share old text
  other_figures,       ///< no match: one outlet's template with other facts
  items_of_a_series,   ///< no match: their titles name different things, and their texts are one template's
  below_threshold,     ///< no match: too small a share of the shorter text is in the other
};

[[nodiscard]] constexpr bool is_match(Judgement judgement) { return judgement <= Judgement::nearly_equal; }

/// An article as the judge sees it. Its views must outlive their use.
struct JudgedArticle {
  Digest content;
  std::uint64_t source = 0;  ///< equal for two articles just where they have one source
  std::int64_t published = kNoDate;
  std::span<const Token> tokens;   ///< of title and text
  std::uint32_t title_tokens = 0;  ///< of them, those of the title
  ComparedText text;               ///< what is compared: the text, with its title if that counts
  TextProfile profile;             ///< of the compared text

  [[nodiscard]] TitledText titled() const { return {tokens.first(title_tokens), tokens.subspan(title_tokens)}; }
};

/// Compares one article with many. Scratch of one thread.
///
/// Two articles match if the shorter one's editorial text agrees with the other's as far as the threshold says (see
/// Similarity::agreement): it is covered by shared shingles, or reworded in passages that align. Where the shorter one
/// is short, that share means little, and titles speak too: thirty pages that say "no news record found" under thirty
/// headlines are no copies. Title and text together must be nearly equal then. And texts that are not much longer do
/// not match if their titles say that they are items of a series. Two articles of one outlet do not match at any length
/// if each has news of its own (see verify/lead.hpp), or if their figures differ (see verify/figures.hpp).
class PairJudge {
 public:
  /// The options must outlive the judge.
  explicit PairJudge(const Options& options) : options_(options), comparer_(options.shingle), whole_(options.shingle) {}

  /// Makes `first` the article to compare with. O(its tokens).
  void hold(const JudgedArticle& first);
  /// The same, and completes its profile, which is returned. Takes longer.
  TextProfile load(const JudgedArticle& first);
  /// Exact scores of the loaded article and `second` if they match and are not equal, as far as the profiles are
  /// complete. Costs what TextComparer::compare costs, less where they share little.
  [[nodiscard]] std::optional<Similarity> match(const JudgedArticle& second);
  /// Whether the dates of the loaded article and `second` are more than Options::within apart.
  [[nodiscard]] bool are_too_far_apart(const JudgedArticle& second) const;
  /// The same scores without a verdict.
  [[nodiscard]] Similarity measure(const JudgedArticle& second);
  /// The share of the shorter one's editorial text that shared shingles cover. Takes less time than measure().
  [[nodiscard]] double cover(const JudgedArticle& second);
  /// The verdict on the loaded article and `second`, given their scores.
  [[nodiscard]] Judgement judge(const Similarity& similarity, const JudgedArticle& second);
  /// How similar the two are with their titles (Jaccard of shingles), without a lead-in that one has; 0 where one is
  /// more than twice as long, or is boilerplate altogether.
  [[nodiscard]] double whole_similarity(const JudgedArticle& second);
  /// Which figures the loaded article and `second` share if they are of one source; none for others.
  [[nodiscard]] SharedFigures shared_figures(const JudgedArticle& second);

 private:
  /// What the two texts share; nothing if it is certainly too little for a match.
  [[nodiscard]] std::optional<Overlap> overlap_of_match(const JudgedArticle& second);
  [[nodiscard]] Similarity similarity_of(const JudgedArticle& second, const Overlap& overlap) const;
  void align(const JudgedArticle& second, Similarity& similarity);
  [[nodiscard]] bool are_short(const JudgedArticle& second) const;
  /// Title and text, without the lead-in that the text has before all of the other's text, if it has one.
  [[nodiscard]] std::span<const Token> without_lead_in(const JudgedArticle& article, const JudgedArticle& other);
  [[nodiscard]] bool are_items_of_a_series(const JudgedArticle& second, const SharedFigures& figures);
  [[nodiscard]] bool have_news_of_their_own(const JudgedArticle& second, const Similarity& similarity);

  const Options& options_;
  TextComparer comparer_;
  TextAligner aligner_;
  bool is_aligner_loaded_ = false;
  TextComparer whole_;  // for titles and texts together
  SeriesTest series_;
  FigureTest figures_;
  std::vector<TokenRange> of_first_, of_second_;  // what two texts share
  std::vector<Token> without_lead_in_;
  JudgedArticle first_;
};

/// The scores of an article and one of equal content.
[[nodiscard]] Similarity similarity_of_equals(const TextProfile& profile);

}  // namespace wirecopy
