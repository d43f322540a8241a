// wirecopy evaluate: scores a result against labels made by people or a generator.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/command.hpp"
#include "cli/evaluation_tables.hpp"
#include "cli/option_checks.hpp"
#include "cli/run_arguments.hpp"
#include "cli/standard_streams.hpp"
#include "evaluate/report.hpp"
#include "inspect/threshold_study.hpp"

namespace wirecopy {
namespace {

struct Arguments {
  std::string result;
  std::string pairs;
  std::string truth;
  std::size_t errors = 10;
  bool json = false;
  bool curve = false;
  RunArguments run;  // only the resources are used
};

constexpr const char* kFooter = R"(Examples:
  wirecopy evaluate result/ --pairs labels.jsonl            precision, recall and F1 with a 90 % interval
  wirecopy evaluate result/ --pairs labels.jsonl --errors 20
  wirecopy evaluate result/ --pairs labels.jsonl --curve    scores of other thresholds, pair by pair
  wirecopy evaluate result/ --truth made/truth.jsonl        B-cubed, Rand index, recall by kind, the worst clusters
  wirecopy evaluate clusters.tsv --truth truth.jsonl --json

A file of pairs has lines {"a": id, "b": id, "label": "copy"|"partial"|"different"} with an optional "weight" (number of
pairs of the feed that this one represents) and "stratum"; the report's borderline tray saves such a file. A truth file
has lines {"id", "story"} with an optional "edit".)";

void warn(std::uint64_t count, const char* what) {
  if (count > 0) print_message(fmt::format("warning: {} {}", count, what));
}

/// The scores of all thresholds; empty unless requested.
std::vector<evaluate::CurveStep> curve_of(const Arguments& arguments, const std::vector<evaluate::LabelledPair>& pairs,
                                          const evaluate::NameTable& ids, const std::stop_token& stop) {
  if (!arguments.curve) return {};
  RunContext context;
  set_resources(arguments.run, context);
  context.stop = stop;
  std::vector<std::array<std::string, 2>> names;
  for (const evaluate::LabelledPair& pair : pairs) {
    names.push_back({std::string(ids.name(pair.a)), std::string(ids.name(pair.b))});
  }
  return threshold_curve(pairs, linking_thresholds(arguments.result, names, workspace_of(arguments.run), context));
}

void evaluate_by_pairs(const Arguments& arguments, const std::stop_token& stop) {
  evaluate::NameTable ids;
  const auto pairs = evaluate::read_pairs(arguments.pairs, ids);
  const evaluate::Grouping clusters = evaluate::read_clusters(arguments.result, ids);
  const evaluate::PairEvaluation evaluation = evaluate::evaluate_pairs(clusters, pairs, arguments.errors);
  warn(clusters.repeated_ids, "lines of the result have the id of an earlier line; the last cluster given counts");
  warn(evaluation.unknown_ids, "articles of the pairs are not in the result; they count as unclustered");
  const auto curve = curve_of(arguments, pairs, ids, stop);
  if (arguments.json) return print_output(format_json(evaluation, pairs, ids, curve));
  print_output(format_tables(evaluation, pairs, ids) + (curve.empty() ? "" : format_curve(curve)));
}

void evaluate_by_truth(const Arguments& arguments) {
  evaluate::NameTable ids;
  const evaluate::Truth truth = evaluate::read_truth(arguments.truth, ids);
  const evaluate::Grouping clusters = evaluate::read_clusters(arguments.result, ids);
  const evaluate::TruthEvaluation evaluation = evaluate::evaluate_truth(clusters, truth, arguments.errors);
  warn(clusters.repeated_ids, "lines of the result have the id of an earlier line; the last cluster given counts");
  warn(truth.stories.repeated_ids, "lines of the truth have the id of an earlier line; the last story given counts");
  warn(evaluation.not_in_result, "articles of the truth are not in the result; they count as unclustered");
  warn(evaluation.not_in_truth, "articles of the result are not in the truth; they are ignored");
  print_output(arguments.json ? format_json(evaluation) : format_tables(evaluation));
}

int run_evaluate(const Arguments& arguments, SignalWatch& signals) {
  signals.exit_at_once();
  if (arguments.pairs.empty()) {
    evaluate_by_truth(arguments);
  } else {
    evaluate_by_pairs(arguments, signals.stop_token());
  }
  return 0;
}

}  // namespace

void add_evaluate(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("evaluate", "Score a result against labelled pairs or a known truth");
  command->footer(kFooter);
  command
      ->add_option("RESULT", arguments->result,
                   "Result directory, or file of {\"id\", \"cluster\"} or id<TAB>cluster lines")
      ->required()
      ->check(not_empty());
  CLI::Option_group* labels = command->add_option_group("labels");
  labels->add_option("--pairs", arguments->pairs, "File of labelled pairs of articles")
      ->check(not_empty())
      ->type_name("FILE");
  labels->add_option("--truth", arguments->truth, "File with the story of every article")
      ->check(not_empty())
      ->type_name("FILE");
  labels->require_option(1);
  command->add_option("--errors", arguments->errors, "Maximum number of wrong pairs or worst clusters to list")
      ->check(natural_number())
      ->capture_default_str()
      ->type_name("N");
  command
      ->add_flag("--curve", arguments->curve,
                 "With --pairs, also score other thresholds, pair by pair and without clustering; reads the feed again")
      ->needs("--pairs");
  command->add_flag("--json", arguments->json, "Print one JSON object instead of tables");
  command->callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_evaluate(*arguments, signals); }; });
}

}  // namespace wirecopy
