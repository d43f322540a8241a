#include "base/file_name_text.hpp"
#include "base/json_writer.hpp"
#include "feed/date.hpp"
#include "inspect/explain.hpp"

namespace wirecopy {
namespace {

void add_article(JsonWriter& json, const ExplainedArticle& article) {
  json.begin_object()
      .member("id", article.id)
      .member("file", text_of_file_name(article.file))
      .member("line", article.line)
      .member("source", article.source)
      .member("title", article.title);
  json.member("published", article.published ? std::optional(format_date(*article.published)) : std::nullopt)
      .member("words", article.words)
      .member("editorial_words", article.editorial_words)
      .member("cluster", article.cluster)
      .member("kept", article.kept);
  json.key("text").begin_array();
  for (const TextSegment& segment : article.text) {
    json.begin_object().member("kind", name(segment.kind)).member("text", segment.text).end_object();
  }
  json.end_array().end_object();
}

void add_scores(JsonWriter& json, const Explanation& explanation) {
  const Similarity& scores = explanation.similarity;
  json.key("scores").begin_object();
  json.member("agreement", scores.agreement())
      .member("coverage", scores.coverage_of_shorter())
      .member("aligned", scores.aligned_of_shorter())
      .member("containment", scores.containment())
      .member("contained", scores.contained())
      .member("jaccard", scores.jaccard())
      .member("shared", scores.shared)
      .member("raw_containment", scores.raw_containment())
      .member("raw_contained", scores.raw_contained())
      .member("raw_jaccard", scores.raw_jaccard())
      .member("raw_shared", scores.raw_shared)
      .member("with_titles", explanation.whole_similarity);
  json.end_object();
}

void add_passages(JsonWriter& json, const Explanation& explanation) {
  json.member("passages_found", explanation.passages_found).key("passages").begin_array();
  for (const Passage& passage : explanation.passages) {
    json.begin_object()
        .member("words", passage.words)
        .member("first", passage.first)
        .member("second", passage.second)
        .end_object();
  }
  json.end_array();
}

}  // namespace

std::string_view name(Judgement judgement) {
  switch (judgement) {
    case Judgement::equal:
      return "equal";
    case Judgement::copies:
      return "copies";
    case Judgement::nearly_equal:
      return "nearly-equal";
    case Judgement::too_far_apart:
      return "too-far-apart";
    case Judgement::not_equal:
      return "not-equal";
    case Judgement::short_texts_differ:
      return "short-texts-differ";
    case Judgement::little_shared_text:
      return "little-shared-text";
    case Judgement::other_news:
      return "other-news";
    case Judgement::other_figures:
      return "other-figures";
    case Judgement::items_of_a_series:
      return "items-of-a-series";
    default:
      return "below-threshold";
  }
}

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::linked:
      return "linked";
    case Outcome::linked_by_others:
      return "linked-by-others";
    case Outcome::cut:
      return "cut";
    default:
      return "apart";
  }
}

std::string_view name(TextSegment::Kind kind) {
  switch (kind) {
    case TextSegment::Kind::shared:
      return "shared";
    case TextSegment::Kind::own:
      return "own";
    case TextSegment::Kind::boilerplate:
      return "boilerplate";
    default:
      return "space";
  }
}

std::string format_explanation(const Explanation& explanation) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.member("outcome", name(explanation.outcome))
      .member("judgement", explanation.comparable ? name(explanation.judgement) : "too-short")
      .member("relation", explanation.relation ? std::optional(name(*explanation.relation)) : std::nullopt)
      .member("threshold", explanation.options.threshold);
  add_scores(json, explanation);
  if (explanation.figures.fewer > 0) {
    json.member("figures", explanation.figures.fewer).member("shared_figures", explanation.figures.shared);
  }
  json.key("articles").begin_array();
  for (const ExplainedArticle& article : explanation.articles) add_article(json, article);
  json.end_array();
  add_passages(json, explanation);
  json.key("warnings").begin_array();
  for (const std::string& warning : explanation.warnings) json.value(warning);
  json.end_array();
  json.end_object().end_line();
  return text;
}

}  // namespace wirecopy
