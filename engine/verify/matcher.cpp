#include "verify/matcher.hpp"

#include <algorithm>

#include "verify/relation.hpp"

namespace wirecopy {

bool is_comparable(const ArticleRecord& record, const Options& options) {
  return record.text_tokens + (options.title ? record.title_tokens : 0) >= 2;
}

std::span<const Token> Matcher::compared_tokens(ArticleId article) const {
  return options_.title ? corpus_.tokens(article) : corpus_.text_tokens(article);
}

void Matcher::load(ArticleId first) {
  first_ = first;
  first_distinct_ = comparer_.load(compared_tokens(first));
}

std::uint32_t Matcher::count_distinct(ArticleId article) {
  first_ = kNoArticle;
  return comparer_.load(compared_tokens(article));
}

bool Matcher::has_equal_text(ArticleId second) const {
  const auto a = corpus_.text_tokens(first_), b = corpus_.text_tokens(second);
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

std::optional<ArticleMatch> Matcher::compare(ArticleId second) {
  if (corpus_.record(first_).content == corpus_.record(second).content) {
    return ArticleMatch{first_, second, Relation::exact, {first_distinct_, first_distinct_, first_distinct_}};
  }
  if (options_.method == Method::exact) return std::nullopt;
  const bool titles_speak = !options_.title && has_equal_text(second);
  const Similarity similarity = titles_speak ? compare_whole(second) : compare_texts(second);
  if (similarity.jaccard() < options_.threshold) return std::nullopt;
  return ArticleMatch{first_, second, relation_of(similarity), similarity};
}

Similarity Matcher::compare_texts(ArticleId second) {
  std::uint32_t distinct = number(second) < counts_.size() ? counts_[number(second)] : 0;
  if (distinct == 0) distinct = whole_.load(compared_tokens(second));
  return {comparer_.count_shared(compared_tokens(second)), first_distinct_, distinct};
}

Similarity Matcher::compare_whole(ArticleId second) {
  const auto title = [&](ArticleId article) {
    return corpus_.tokens(article).first(corpus_.record(article).title_tokens);
  };
  const std::uint32_t of_second = whole_.load(title(second), corpus_.text_tokens(second));
  const std::uint32_t of_first = whole_.load(title(first_), corpus_.text_tokens(first_));
  return {whole_.count_shared(title(second), corpus_.text_tokens(second)), of_first, of_second};
}

}  // namespace wirecopy
