#include "evaluate/report.hpp"

#include "base/json_writer.hpp"

namespace wirecopy::evaluate {
namespace {

void add_score(JsonWriter& json, const PrecisionRecall& score) {
  json.member("precision", score.precision).member("recall", score.recall).member("f1", score.f1());
}

void add_pair_score(JsonWriter& json, std::string_view key, const PairScore& score) {
  json.key(key).begin_object();
  add_score(json, score.all);
  json.key("f1_90").begin_array().value(score.f1_low).value(score.f1_high).end_array();
  json.member("f1_without_partial", score.f1_without_partial).end_object();
}

void add_clusters(JsonWriter& json, const ClusterCounts& counts) {
  json.key("clusters").begin_object();
  json.member("of_two_or_more", counts.clusters).member("articles_in_them", counts.articles);
  json.key("largest").begin_array();
  for (const std::uint64_t size : counts.largest) json.value(size);
  json.end_array().end_object();
}

void add_curve(JsonWriter& json, std::span<const CurveStep> curve) {
  json.key("curve").begin_array();
  for (const CurveStep& step : curve) {
    json.begin_object().member("threshold", step.threshold);
    add_score(json, step.weighted);
    json.key("unweighted").begin_object();
    add_score(json, step.unweighted);
    json.end_object().end_object();
  }
  json.end_array();
}

void add_error(JsonWriter& json, const LabelledPair& pair, const NameTable& ids) {
  json.begin_object();
  json.member("error", pair.label == PairLabel::copy ? "missed" : "false link")
      .member("a", ids.name(pair.a))
      .member("b", ids.name(pair.b))
      .member("stratum", pair.stratum)
      .member("weight", pair.weight);
  json.end_object();
}

void add_edit(JsonWriter& json, const EditScore& score) {
  json.begin_object();
  json.member("edit", score.edit)
      .member("articles", score.articles)
      .member("copies", score.copies)
      .member("recall", score.recall())
      .member("lost", score.lost)
      .member("false_pairs", score.wrong);
  json.end_object();
}

void add_groups(JsonWriter& json, std::string_view key, const char* group, const char* parts, const char* pairs,
                const std::vector<WorstGroup>& groups) {
  json.key(key).begin_array();
  for (const WorstGroup& worst : groups) {
    json.begin_object();
    json.member(group, worst.name).member("size", worst.size).member(parts, worst.parts).member(pairs, worst.pairs);
    json.key("largest").begin_array();
    for (const auto& [part, size] : worst.largest) {
      json.begin_object().member("name", part).member("articles", size).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace

std::string format_json(const PairEvaluation& evaluation, std::span<const LabelledPair> pairs, const NameTable& ids,
                        std::span<const CurveStep> curve) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("pairs").begin_object();
  for (const PairLabel label : {PairLabel::copy, PairLabel::partial, PairLabel::different}) {
    json.member(name(label), evaluation.labels[static_cast<std::size_t>(label)]);
  }
  json.end_object();
  add_pair_score(json, "weighted", evaluation.weighted);
  add_pair_score(json, "unweighted", evaluation.unweighted);
  json.member("partial_linked", evaluation.partial_linked);
  add_clusters(json, evaluation.clusters);
  json.member("unknown_ids", evaluation.unknown_ids);
  json.key("errors").begin_array();
  for (const std::size_t error : evaluation.errors) add_error(json, pairs[error], ids);
  json.end_array();
  if (!curve.empty()) add_curve(json, curve);
  json.end_object().end_line();
  return text;
}

std::string format_json(const TruthEvaluation& evaluation) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("articles", evaluation.articles).member("stories", evaluation.stories);
  json.key("pairs").begin_object();
  add_score(json, evaluation.pairs.score());
  json.end_object().key("bcubed").begin_object();
  add_score(json, evaluation.bcubed);
  json.end_object().member("adjusted_rand", evaluation.pairs.adjusted_rand());
  add_clusters(json, evaluation.clusters);
  json.key("edits").begin_array();
  for (const EditScore& score : evaluation.edits) add_edit(json, score);
  json.end_array();
  add_groups(json, "mixed_clusters", "cluster", "stories", "false_pairs", evaluation.mixed_clusters);
  add_groups(json, "torn_stories", "story", "pieces", "missed_pairs", evaluation.split_stories);
  json.member("not_in_result", evaluation.not_in_result).member("not_in_truth", evaluation.not_in_truth);
  json.end_object().end_line();
  return text;
}

}  // namespace wirecopy::evaluate
