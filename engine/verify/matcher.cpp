#include "verify/matcher.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "text/shingler.hpp"
#include "verify/relation.hpp"

namespace wirecopy {

bool is_comparable(const ArticleRecord& record, const Options& options) {
  return record.text_tokens + (options.title ? record.title_tokens : 0) >= 2;
}

void Matcher::load(ArticleId first) {
  if (first == first_) return;
  first_ = first;
  comparer_.hold(profiles_.text(first));
}

std::optional<ArticleMatch> Matcher::compare(ArticleId second) {
  if (corpus_.record(first_).content == corpus_.record(second).content) return equal(first_, second);
  if (options_.method == Method::exact) return std::nullopt;
  const std::optional<Overlap> overlap = overlap_of_match(second);
  if (!overlap) return std::nullopt;
  const Similarity similarity = similarity_of(second, *overlap);
  if (!is_match(judge(similarity, second))) return std::nullopt;
  return ArticleMatch{first_, second, relation_of(similarity), similarity};
}

std::optional<Overlap> Matcher::overlap_of_match(ArticleId second) {
  if (are_short(second)) return comparer_.compare(profiles_.text(second));
  constexpr double kNoUse = std::numeric_limits<double>::infinity(), kRounding = 0.5;  // tokens are whole numbers
  const std::uint32_t a = profiles_.profile(first_).editorial_tokens, b = profiles_.profile(second).editorial_tokens;
  return comparer_.compare_if(profiles_.text(second), a <= b ? options_.threshold * a - kRounding : kNoUse,
                              b <= a ? options_.threshold * b - kRounding : kNoUse);
}

Similarity Matcher::measure(ArticleId second) {
  return similarity_of(second, comparer_.compare(profiles_.text(second)));
}

Similarity Matcher::similarity_of(ArticleId second, const Overlap& overlap) const {
  const TextProfile &a = profiles_.profile(first_), &b = profiles_.profile(second);
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

ArticleMatch Matcher::equal(ArticleId first, ArticleId second) const {
  // Two sources may repeat different things: the fuller editorial part counts for both. The other may be unknown.
  const TextProfile &a = profiles_.profile(first), &b = profiles_.profile(second);
  const bool is_first =
      std::pair(a.editorial_tokens, a.editorial_shingles) >= std::pair(b.editorial_tokens, b.editorial_shingles);
  const TextProfile& p = is_first ? a : b;
  return {first,
          second,
          Relation::exact,
          {p.editorial_shingles, p.editorial_shingles, p.editorial_shingles, p.editorial_tokens, p.editorial_tokens,
           p.editorial_tokens, p.editorial_tokens, p.raw_shingles, p.raw_shingles, p.raw_shingles}};
}

bool Matcher::are_short(ArticleId second) const {
  const bool is_one_source = corpus_.record(first_).source == corpus_.record(second).source;
  const std::uint32_t words = is_one_source ? kShortWordsOfOneSource : kShortWords;
  return std::min(profiles_.profile(first_).editorial_quarters, profiles_.profile(second).editorial_quarters) <
         4 * words;
}

Judgement Matcher::judge(const Similarity& similarity, ArticleId second) {
  if (corpus_.record(first_).content == corpus_.record(second).content) return Judgement::equal;
  if (options_.method == Method::exact) return Judgement::not_equal;
  if (are_short(second)) {
    return whole_similarity(second) >= kShortSimilarity ? Judgement::nearly_equal : Judgement::short_texts_differ;
  }
  const bool is_enough = is_much(similarity.covered_first, first_) || is_much(similarity.covered_second, second);
  if (!is_enough) return Judgement::little_shared_text;
  if (share_of_shorter(similarity) < options_.threshold) return Judgement::below_threshold;
  return are_items_of_a_series(second) ? Judgement::items_of_a_series : Judgement::copies;
}

bool Matcher::are_items_of_a_series(ArticleId second) {
  const std::uint32_t quarters =
      std::min(profiles_.profile(first_).editorial_quarters, profiles_.profile(second).editorial_quarters);
  if (quarters >= 4 * kWordsOfASeries) return false;
  const auto titled = [this](ArticleId article) {
    return TitledText{corpus_.tokens(article).first(corpus_.record(article).title_tokens),
                      corpus_.text_tokens(article)};
  };
  return series_.are_items(titled(first_), titled(second));
}

bool Matcher::is_much(std::uint64_t covered, ArticleId article) const {
  const TextProfile& profile = profiles_.profile(article);
  return covered * profile.editorial_quarters >= std::uint64_t{4} * kLeastSharedWords * profile.editorial_tokens;
}

std::span<const Token> Matcher::without_lead_in(ArticleId article, ArticleId other) {
  const std::span<const Token> all = corpus_.tokens(article);
  const std::span<const Token> text = corpus_.text_tokens(article), rest = corpus_.text_tokens(other);
  if (text.size() <= rest.size() || rest.empty()) return all;
  const std::span<const Token> lead_in = text.first(text.size() - rest.size());
  std::uint32_t quarters = 0;
  for (const Token token : lead_in) quarters += quarter_words(kind_of(token));
  if (quarters > 4 * kWordsOfALeadIn ||
      !std::equal(rest.begin(), rest.end(), text.end() - static_cast<std::ptrdiff_t>(rest.size())))
    return all;
  const std::span<const Token> title = all.first(all.size() - text.size());
  without_lead_in_.assign(title.begin(), title.end());
  without_lead_in_.insert(without_lead_in_.end(), rest.begin(), rest.end());
  return without_lead_in_;
}

double Matcher::whole_similarity(ArticleId second) {
  if (profiles_.profile(first_).editorial_tokens == 0 || profiles_.profile(second).editorial_tokens == 0) return 0;
  const bool is_first_longer = corpus_.record(first_).text_tokens > corpus_.record(second).text_tokens;
  const auto a = is_first_longer ? without_lead_in(first_, second) : corpus_.tokens(first_);
  const auto b = is_first_longer ? corpus_.tokens(second) : without_lead_in(second, first_);
  if (std::max(a.size(), b.size()) > 2 * std::min(a.size(), b.size())) return 0;  // cannot reach one half
  const std::uint32_t of_second = whole_.load({b, {}}).raw_shingles;
  const std::uint32_t of_first = whole_.load({a, {}}).raw_shingles;
  const std::uint32_t shared = whole_.compare({b, {}}).raw_shared;
  return static_cast<double>(shared) / (of_first + of_second - shared);
}

}  // namespace wirecopy
