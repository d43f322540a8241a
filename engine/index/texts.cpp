#include "index/texts.hpp"

#include <tuple>

#include "verify/relation.hpp"

namespace wirecopy {

JudgedArticle MarkedText::view(bool with_title) const {
  const std::span<const Token> tokens = article.tokens;
  const ComparedText text{tokens.subspan(with_title ? 0 : article.title_tokens), boilerplate};
  return {article.content, article.source, tokens, article.title_tokens, text, profile};
}

void mark_text(MarkedText& text, const Options& options, const IgnoredShingles& boilerplate) {
  const auto tokens =
      std::span<const Token>(text.article.tokens).subspan(options.title ? 0 : text.article.title_tokens);
  text.boilerplate.clear();
  mark_boilerplate(tokens, options.shingle, boilerplate, text.boilerplate);
  text.profile = measure_editorial(tokens, options.shingle, text.boilerplate);
}

void TextJudge::load(const MarkedText& first) {
  first_ = &first;
  profile_ = judge_.load(first.view(options_.title));
}

ComparedArticle TextJudge::compare(ArticleKey key, const MarkedText& second) {
  ComparedArticle compared;
  compared.key = key;
  JudgedArticle view = second.view(options_.title);
  compared.similarity = judge_.measure(view);
  const Judgement judgement = judge_.judge(compared.similarity, view);
  if (!is_match(judgement)) {
    const bool is_some = share_of_shorter(compared.similarity) >= CohesionRule{}.least_kinship;
    compared.kinship = is_some ? Kinship::some : Kinship::none;
    compared.is_partial = judgement == Judgement::below_threshold;
    compared.relation = Relation::partial;
    return compared;
  }
  compared.kinship = Kinship::match;
  compared.is_equal = judgement == Judgement::equal;
  if (compared.is_equal) {
    compared.similarity = similarity_of_equals(profile_);
    compared.relation = Relation::exact;
    return compared;
  }
  compared.relation = relation_of(compared.similarity);
  const TextProfile complete = comparer_.load(view.text);
  compared.similarity.second = complete.editorial_shingles;
  compared.similarity.raw_second = complete.raw_shingles;
  return compared;
}

std::vector<TokenRange> TextJudge::shared_ranges(const MarkedText& second) {
  std::vector<TokenRange> of_first, of_second;
  comparer_.load(first_->view(options_.title).text);
  comparer_.shared_ranges(second.view(options_.title).text, of_first, of_second);
  return of_first;
}

bool is_better(const ComparedArticle& a, const ComparedArticle& b) {
  const auto rank = [](const ComparedArticle& c) {
    return std::tuple(c.kinship != Kinship::match, !c.is_equal, -c.similarity.containment(), -c.similarity.jaccard(),
                      c.key);
  };
  return rank(a) < rank(b);
}

}  // namespace wirecopy
