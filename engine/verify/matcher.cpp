#include "verify/matcher.hpp"

#include <utility>

#include "verify/relation.hpp"

namespace wirecopy {

JudgedArticle Matcher::view(ArticleId article, ArticleReader& reader) const {
  const ArticleRecord& record = corpus_.record(article);
  const std::span<const Token> tokens = reader.tokens(article);
  return {record.content,      number(record.source),           record.published,          tokens,
          record.title_tokens, profiles_.text(article, tokens), profiles_.profile(article)};
}

bool Matcher::is_too_far_apart(ArticleId second) const {
  JudgedArticle dated;
  dated.published = corpus_.record(second).published;
  return judge_.are_too_far_apart(dated);
}

void Matcher::load(ArticleId first) {
  if (first == first_) return;
  first_ = first;
  judge_.hold(view(first, of_first_));
}

std::optional<ArticleMatch> Matcher::compare(ArticleId second) {
  if (corpus_.record(first_).content == corpus_.record(second).content) {
    return is_too_far_apart(second) ? std::nullopt : std::optional(equal(first_, second));
  }
  const std::optional<Similarity> similarity = judge_.match(view(second, of_second_));
  if (!similarity) return std::nullopt;
  return ArticleMatch{first_, second, relation_of(*similarity), *similarity};
}

ArticleMatch Matcher::equal(ArticleId first, ArticleId second) const {
  // Two sources may repeat different things: the fuller editorial part counts for both. The other may be unknown.
  const TextProfile &a = profiles_.profile(first), &b = profiles_.profile(second);
  const bool is_first =
      std::pair(a.editorial_tokens, a.editorial_shingles) >= std::pair(b.editorial_tokens, b.editorial_shingles);
  return {first, second, Relation::exact, similarity_of_equals(is_first ? a : b)};
}

}  // namespace wirecopy
