#include "verify/pair_judge.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "text/shingler.hpp"
#include "verify/lead.hpp"

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
  figures_.hold(first.text);
  is_aligner_loaded_ = false;
  comparer_.hold(first.text);
}

TextProfile PairJudge::load(const JudgedArticle& first) {
  first_ = first;
  series_.hold(first.titled());
  figures_.hold(first.text);
  is_aligner_loaded_ = false;
  first_.profile = comparer_.load(first.text);
  return first_.profile;
}

std::optional<Similarity> PairJudge::match(const JudgedArticle& second) {
  if (options_.method == Method::exact || are_too_far_apart(second)) return std::nullopt;
  const std::optional<Overlap> overlap = overlap_of_match(second);
  if (!overlap) return std::nullopt;
  Similarity similarity = similarity_of(second, *overlap);
  const bool may_match =
      are_short(second) || similarity.coverage_of_shorter() >= options_.threshold * Similarity::kLeastCoverage;
  if (!may_match) return std::nullopt;
  align(second, similarity);
  if (!is_match(judge(similarity, second))) return std::nullopt;
  return similarity;
}

std::optional<Overlap> PairJudge::overlap_of_match(const JudgedArticle& second) {
  if (are_short(second)) return comparer_.compare(second.text);
  constexpr double kNoUse = std::numeric_limits<double>::infinity(), kRounding = 0.5;  // tokens are whole numbers
  const std::uint32_t a = first_.profile.editorial_tokens, b = second.profile.editorial_tokens;
  const double least = options_.threshold * Similarity::kLeastCoverage;
  return comparer_.compare_if(second.text, a <= b ? least * a - kRounding : kNoUse,
                              b <= a ? least * b - kRounding : kNoUse);
}

Similarity PairJudge::measure(const JudgedArticle& second) {
  Similarity similarity = similarity_of(second, comparer_.compare(second.text));
  align(second, similarity);
  return similarity;
}

double PairJudge::cover(const JudgedArticle& second) {
  return similarity_of(second, comparer_.compare(second.text)).coverage_of_shorter();
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

void PairJudge::align(const JudgedArticle& second, Similarity& similarity) {
  const TextProfile &a = first_.profile, &b = second.profile;
  const std::span<SharedRun> runs = comparer_.shared_runs();
  Alignment aligned;
  if (!runs.empty()) {
    if (!std::exchange(is_aligner_loaded_, true)) aligner_.load(first_.text);
    aligned = aligner_.align(second.text, runs, 4 * options_.shingle);
  }
  aligned.of_first = std::min(aligned.of_first, a.editorial_quarters);
  aligned.of_second = std::min(aligned.of_second, b.editorial_quarters);
  const bool is_first = a.editorial_tokens != b.editorial_tokens
                            ? a.editorial_tokens < b.editorial_tokens
                            : std::uint64_t{aligned.of_first} * b.editorial_quarters >=
                                  std::uint64_t{aligned.of_second} * a.editorial_quarters;
  similarity.aligned = is_first ? aligned.of_first : aligned.of_second;
  similarity.alignable = is_first ? a.editorial_quarters : b.editorial_quarters;
}

bool PairJudge::are_short(const JudgedArticle& second) const {
  const std::uint32_t words = first_.source == second.source ? kShortWordsOfOneSource : kShortWords;
  return std::min(first_.profile.editorial_quarters, second.profile.editorial_quarters) < 4 * words;
}

bool PairJudge::are_too_far_apart(const JudgedArticle& second) const {
  if (options_.within == 0 || first_.published == kNoDate || second.published == kNoDate) return false;
  return std::max(first_.published, second.published) - std::min(first_.published, second.published) > options_.within;
}

Judgement PairJudge::judge(const Similarity& similarity, const JudgedArticle& second) {
  if (are_too_far_apart(second)) return Judgement::too_far_apart;
  if (first_.content == second.content) return Judgement::equal;
  if (options_.method == Method::exact) return Judgement::not_equal;
  if (are_short(second)) {
    return whole_similarity(second) >= kShortSimilarity ? Judgement::nearly_equal : Judgement::short_texts_differ;
  }
  const bool is_enough =
      is_much(similarity.covered_first, first_.profile) || is_much(similarity.covered_second, second.profile);
  if (!is_enough) return Judgement::little_shared_text;
  if (similarity.agreement() < options_.threshold) return Judgement::below_threshold;
  const SharedFigures figures = shared_figures(second);
  if (figures.are_below(kSharedFigures)) return Judgement::other_figures;
  if (are_items_of_a_series(second, figures)) return Judgement::items_of_a_series;
  return have_news_of_their_own(second, similarity) ? Judgement::other_news : Judgement::copies;
}

bool PairJudge::have_news_of_their_own(const JudgedArticle& second, const Similarity& similarity) {
  if (first_.source != second.source) return false;
  of_first_.clear(), of_second_.clear();
  comparer_.shared_ranges(second.text, of_first_, of_second_);
  return have_other_news({first_.titled().title, first_.text, of_first_, first_.published},
                         {second.titled().title, second.text, of_second_, second.published},
                         similarity.coverage_of_shorter());
}

SharedFigures PairJudge::shared_figures(const JudgedArticle& second) {
  return first_.source == second.source ? figures_.compare(second.text) : SharedFigures{};
}

bool PairJudge::are_items_of_a_series(const JudgedArticle& second, const SharedFigures& figures) {
  const std::uint32_t quarters = std::min(first_.profile.editorial_quarters, second.profile.editorial_quarters);
  const bool is_of_one_source = first_.source == second.source;
  const bool may_be = quarters < 4 * kWordsOfASeries || figures.are_below(kSharedFiguresOfASeries) ||
                      (is_of_one_source && is_long_after(first_.published, second.published));
  return may_be && series_.are_items(second.titled());
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
  return {p.editorial_shingles, p.editorial_shingles, p.editorial_shingles, p.editorial_tokens,
          p.editorial_tokens,   p.editorial_tokens,   p.editorial_tokens,   p.raw_shingles,
          p.raw_shingles,       p.raw_shingles,       p.editorial_quarters, p.editorial_quarters};
}

}  // namespace wirecopy
