#include "index/texts.hpp"

#include <tuple>

#include "verify/relation.hpp"

namespace wirecopy {

JudgedArticle MarkedText::view(bool with_title) const {
  const std::span<const Token> tokens = article.tokens;
  const ComparedText text{tokens.subspan(with_title ? 0 : article.title_tokens), boilerplate};
  return {article.content, article.source, article.published, tokens, article.title_tokens, text, profile};
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
  const JudgedArticle view = second.view(options_.title);
  const Similarity similarity = judge_.measure(view);
  ComparedArticle compared = judged(key, judge_.judge(similarity, view), similarity);
  if (compared.kinship == Kinship::match && !compared.is_equal) {
    const TextProfile complete = comparer_.load(view.text);
    compared.similarity.second = complete.editorial_shingles;
    compared.similarity.raw_second = complete.raw_shingles;
  }
  return compared;
}

ComparedArticle TextJudge::compare_with_held(ArticleKey key, TextJudge& holder) {
  JudgedArticle view = first_->view(options_.title);
  view.profile = profile_;
  Similarity similarity = holder.judge_.measure(view);
  const Judgement judgement = holder.judge_.judge(similarity, view);
  similarity = reversed(similarity);
  if (!is_match(judgement)) similarity.second = similarity.raw_second = 0;  // as compare() leaves them
  return judged(key, judgement, similarity);
}

ComparedArticle TextJudge::judged(ArticleKey key, Judgement judgement, const Similarity& similarity) const {
  ComparedArticle compared;
  compared.key = key;
  compared.similarity = similarity;
  if (!is_match(judgement)) {
    const bool is_some = similarity.coverage_of_shorter() >= CohesionRule{}.least_kinship;
    compared.kinship = is_some ? Kinship::some : Kinship::none;
    compared.is_partial = judgement == Judgement::below_threshold || judgement == Judgement::other_news ||
                          judgement == Judgement::other_figures;
    compared.relation = Relation::partial;
    return compared;
  }
  compared.kinship = Kinship::match;
  compared.is_equal = judgement == Judgement::equal;
  if (compared.is_equal) compared.similarity = similarity_of_equals(profile_);
  compared.relation = compared.is_equal ? Relation::exact : relation_of(similarity);
  return compared;
}

std::vector<TokenRange> TextJudge::shared_ranges(const MarkedText& second) {
  std::vector<TokenRange> of_first, of_second;
  comparer_.load(first_->view(options_.title).text);
  comparer_.shared_ranges(second.view(options_.title).text, of_first, of_second);
  return of_first;
}

void LongText::hold(ArticleKey key, std::uint64_t moment, const MarkedText& text) {
  key_ = kNoKey;
  text_ = text;
  judge_.load(text_);
  key_ = key;
  moment_ = moment;
}

bool is_better(const ComparedArticle& a, const ComparedArticle& b) {
  const auto rank = [](const ComparedArticle& c) {
    return std::tuple(c.kinship != Kinship::match, !c.is_equal, -c.similarity.containment(), -c.similarity.jaccard(),
                      c.key);
  };
  return rank(a) < rank(b);
}

}  // namespace wirecopy
