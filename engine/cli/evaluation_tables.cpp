#include "cli/evaluation_tables.hpp"

#include <fmt/format.h>

#include <iterator>

#include "text/terminal_text.hpp"

namespace wirecopy {
namespace {

using namespace evaluate;

constexpr std::size_t kNameCharacters = 40;

class Tables {
 public:
  template <typename... Arguments>
  void print(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void print_pair_score(Tables& tables, const char* name, const PairScore& score) {
  tables.print("{:<12}{:>9.4f}{:>9.4f}{:>9.4f}   {:.4f} to {:.4f}{:>20.4f}\n", name, score.all.precision,
               score.all.recall, score.all.f1(), score.f1_low, score.f1_high, score.f1_without_partial);
}

void print_clusters(Tables& tables, const ClusterCounts& counts) {
  tables.print("clusters    {} of two or more, {} articles in them; largest:", counts.clusters, counts.articles);
  for (const std::uint64_t size : counts.largest) tables.print(" {}", size);
  tables.print("\n");
}

void print_errors(Tables& tables, const PairEvaluation& evaluation, std::span<const LabelledPair> pairs,
                  const NameTable& ids) {
  if (evaluation.errors.empty()) return;
  tables.print("\n{:>8}  {:<12}{:<10}articles\n", "weight", "error", "stratum");
  for (const std::size_t error : evaluation.errors) {
    const LabelledPair& pair = pairs[error];
    tables.print("{:>8.1f}  {:<12}{:<10}{}  {}\n", pair.weight, pair.label == PairLabel::copy ? "missed" : "false link",
                 shortened(pair.stratum, kNameCharacters), harmless(ids.name(pair.a)), harmless(ids.name(pair.b)));
  }
}

void print_score(Tables& tables, const char* name, const PrecisionRecall& score) {
  tables.print("{:<12}{:>9.4f}{:>9.4f}{:>9.4f}\n", name, score.precision, score.recall, score.f1());
}

void print_edits(Tables& tables, const std::vector<EditScore>& edits) {
  tables.print("\n{:<12}{:>9}{:>9}{:>9}{:>9}{:>13}\n", "edit", "articles", "copies", "recall", "lost", "false pairs");
  for (const EditScore& score : edits) {
    const std::string recall = score.expected == 0 ? "-" : fmt::format("{:.4f}", score.recall());
    tables.print("{:<12}{:>9}{:>9}{:>9}{:>9}{:>13}\n", shortened(score.edit.empty() ? "-" : score.edit, 11),
                 score.articles, score.copies, recall, score.lost, score.wrong);
  }
}

void print_groups(Tables& tables, const char* group, const char* parts, const char* pairs,
                  const std::vector<WorstGroup>& groups) {
  if (groups.empty()) return;
  tables.print("\n{:>12}{:>9}{:>9}  {}\n", pairs, "articles", parts, group);
  for (const WorstGroup& worst : groups) {
    tables.print("{:>12}{:>9}{:>9}  {}:", worst.pairs, worst.size, worst.parts, shortened(worst.name, kNameCharacters));
    for (const auto& [part, size] : worst.largest) tables.print(" {} ({})", shortened(part, kNameCharacters), size);
    tables.print("{}\n", worst.largest.size() < worst.parts ? " ..." : "");
  }
}

}  // namespace

std::string format_tables(const PairEvaluation& evaluation, std::span<const LabelledPair> pairs, const NameTable& ids) {
  Tables tables;
  tables.print("pairs       {}:", pairs.size());
  for (const PairLabel label : {PairLabel::copy, PairLabel::partial, PairLabel::different}) {
    tables.print(" {} {}", evaluation.labels[static_cast<std::size_t>(label)], name(label));
  }
  tables.print("\n{:<12}{:>9}{:>9}{:>9}   {:<16}{:>20}\n", "", "precision", "recall", "F1", "90 % of F1",
               "F1 without partial");
  print_pair_score(tables, "weighted", evaluation.weighted);
  print_pair_score(tables, "unweighted", evaluation.unweighted);
  if (evaluation.partial_linked)
    tables.print("partial     {:.4f} of their weight linked\n", *evaluation.partial_linked);
  print_clusters(tables, evaluation.clusters);
  print_errors(tables, evaluation, pairs, ids);
  return tables.take();
}

std::string format_tables(const TruthEvaluation& evaluation) {
  Tables tables;
  tables.print("articles    {}, {} stories of two or more\n", evaluation.articles, evaluation.stories);
  print_clusters(tables, evaluation.clusters);
  tables.print("{:<12}{:>9}{:>9}{:>9}\n", "", "precision", "recall", "F1");
  print_score(tables, "pairs", evaluation.pairs.score());
  print_score(tables, "B-cubed", evaluation.bcubed);
  tables.print("Rand index  {:.4f}, adjusted for chance\n", evaluation.pairs.adjusted_rand());
  print_edits(tables, evaluation.edits);
  print_groups(tables, "clusters that mix the most stories", "stories", "false pairs", evaluation.mixed_clusters);
  print_groups(tables, "stories split into the most clusters", "clusters", "missed pairs", evaluation.split_stories);
  return tables.take();
}

std::string format_curve(std::span<const CurveStep> curve) {
  constexpr double kWidth = 24;
  Tables tables;
  tables.print("\n{:<12}{:>9}{:>9}{:>9}{:>12}\n", "threshold", "precision", "recall", "F1", "unweighted");
  for (const CurveStep& step : curve) {
    const double f1 = step.weighted.f1();
    tables.print("{:<12.2f}{:>9.4f}{:>9.4f}{:>9.4f}{:>12.4f}  {}\n", step.threshold, step.weighted.precision,
                 step.weighted.recall, f1, step.unweighted.f1(),
                 std::string(static_cast<std::size_t>(kWidth * f1 + 0.5), '#'));
  }
  return tables.take();
}

}  // namespace wirecopy
