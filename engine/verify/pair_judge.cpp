#include "verify/pair_judge.hpp"

#include <algorithm>
#include <limits>

#include "text/shingler.hpp"
#include "verify/lead.hpp"
#include "verify/relation.hpp"

namespace wirecopy {
namespace {

/// Whether so many tokens of the article's editorial part are kLeastSharedWords or more.
bool is_much(std::uint64_t covered, const TextProfile& profile) {
  return covered * profile.editorial_quarters >= std::uint64_t{4} * kLeastSharedWords * profile.editorial_tokens;
}

}  // namespace

void PairJudge::hold(const JudgedArticle& first) {
  first_ = first;
  series_.hold(first.titled());
  comparer_.hold(first.text);
}

TextProfile PairJudge::load(const JudgedArticle& first) {
  first_ = first;
  series_.hold(first.titled());
  first_.profile = comparer_.load(first.text);
  return first_.profile;
}

std::optional<Similarity> PairJudge::match(const JudgedArticle& second) {
  if (options_.method == Method::exact) return std::nullopt;
  const std::optional<Overlap> overlap = overlap_of_match(second);
  if (!overlap) return std::nullopt;
  const Similarity similarity = similarity_of(second, *overlap);
  if (!is_match(judge(similarity, second))) return std::nullopt;
  return similarity;
}

std::optional<Overlap> PairJudge::overlap_of_match(const JudgedArticle& second) {
  if (are_short(second)) return comparer_.compare(second.text);
  constexpr double kNoUse = std::numeric_limits<double>::infinity(), kRounding = 0.5;  // tokens are whole numbers
  const std::uint32_t a = first_.profile.editorial_tokens, b = second.profile.editorial_tokens;
  return comparer_.compare_if(second.text, a <= b ? options_.threshold * a - kRounding : kNoUse,
                              b <= a ? options_.threshold * b - kRounding : kNoUse);
}

Similarity PairJudge::measure(const JudgedArticle& second) {
  return similarity_of(second, comparer_.compare(second.text));
}

Similarity PairJudge::similarity_of(const JudgedArticle& second, const Overlap& overlap) const {
  const TextProfile &a = first_.profile, &b = second.profile;
  // A bridge of two tokens may lead over boilerplate, which is no editorial text: the part is never more than the
  // whole.
  const std::uint32_t covered_a = std::min(overlap.covered_first, a.editorial_tokens);
  const std::uint32_t covered_b = std::min(overlap.covered_second, b.editorial_tokens);
  return {overlap.editorial_shared, a.editorial_shingles,
          b.editorial_shingles,     covered_a,
          a.editorial_tokens,       covered_b,
          b.editorial_tokens,       overlap.raw_shared,
          a.raw_shingles,           b.raw_shingles};
}

bool PairJudge::are_short(const JudgedArticle& second) const {
  const std::uint32_t words = first_.source == second.source ? kShortWordsOfOneSource : kShortWords;
  return std::min(first_.profile.editorial_quarters, second.profile.editorial_quarters) < 4 * words;
}

Judgement PairJudge::judge(const Similarity& similarity, const JudgedArticle& second) {
  if (first_.content == second.content) return Judgement::equal;
  if (options_.method == Method::exact) return Judgement::not_equal;
  if (are_short(second)) {
    return whole_similarity(second) >= kShortSimilarity ? Judgement::nearly_equal : Judgement::short_texts_differ;
  }
  const bool is_enough =
      is_much(similarity.covered_first, first_.profile) || is_much(similarity.covered_second, second.profile);
  if (!is_enough) return Judgement::little_shared_text;
  if (share_of_shorter(similarity) < options_.threshold) return Judgement::below_threshold;
  if (are_items_of_a_series(second)) return Judgement::items_of_a_series;
  return have_news_of_their_own(second) ? Judgement::other_news : Judgement::copies;
}

bool PairJudge::have_news_of_their_own(const JudgedArticle& second) {
  if (first_.source != second.source) return false;
  of_first_.clear(), of_second_.clear();
  comparer_.shared_ranges(second.text, of_first_, of_second_);
  return have_other_news({first_.titled().title, first_.text, of_first_},
                         {second.titled().title, second.text, of_second_});
}

bool PairJudge::are_items_of_a_series(const JudgedArticle& second) {
  const std::uint32_t quarters = std::min(first_.profile.editorial_quarters, second.profile.editorial_quarters);
  return quarters < 4 * kWordsOfASeries && series_.are_items(second.titled());
}

std::span<const Token> PairJudge::without_lead_in(const JudgedArticle& article, const JudgedArticle& other) {
  const auto [title, text] = article.titled();
  const std::span<const Token> rest = other.titled().text;
  if (text.size() <= rest.size() || rest.empty()) return article.tokens;
  const std::span<const Token> lead_in = text.first(text.size() - rest.size());
  if (lead_in.size() > 4 * kWordsOfALeadIn) return article.tokens;  // a token is a quarter of a word or more
  std::uint32_t quarters = 0;
  for (const Token token : lead_in) quarters += quarter_words(kind_of(token));
  if (quarters > 4 * kWordsOfALeadIn ||
      !std::equal(rest.begin(), rest.end(), text.end() - static_cast<std::ptrdiff_t>(rest.size())))
    return article.tokens;
  without_lead_in_.assign(title.begin(), title.end());
  without_lead_in_.insert(without_lead_in_.end(), rest.begin(), rest.end());
  return without_lead_in_;
}

double PairJudge::whole_similarity(const JudgedArticle& second) {
  if (first_.profile.editorial_tokens == 0 || second.profile.editorial_tokens == 0) return 0;
  const bool is_first_longer = first_.titled().text.size() > second.titled().text.size();
  const auto a = is_first_longer ? without_lead_in(first_, second) : first_.tokens;
  const auto b = is_first_longer ? second.tokens : without_lead_in(second, first_);
  if (std::max(a.size(), b.size()) > 2 * std::min(a.size(), b.size())) return 0;  // cannot reach one half
  const std::uint32_t of_second = whole_.measure({b, {}}).raw_shingles;
  const std::uint32_t of_first = whole_.load({a, {}}).raw_shingles;
  const std::uint32_t shared = whole_.compare({b, {}}).raw_shared;
  return static_cast<double>(shared) / (of_first + of_second - shared);
}

Similarity similarity_of_equals(const TextProfile& p) {
  return {p.editorial_shingles, p.editorial_shingles, p.editorial_shingles, p.editorial_tokens, p.editorial_tokens,
          p.editorial_tokens,   p.editorial_tokens,   p.raw_shingles,       p.raw_shingles,     p.raw_shingles};
}

}  // namespace wirecopy
