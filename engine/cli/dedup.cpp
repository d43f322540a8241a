// wirecopy dedup: finds the copies in feeds.
#include "pipeline/dedup.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <wirecopy/error.hpp>

#include "cli/command.hpp"
#include "cli/dry_run.hpp"
#include "cli/option_checks.hpp"
#include "cli/report_command.hpp"
#include "cli/reporter.hpp"
#include "cli/run_arguments.hpp"
#include "cli/standard_streams.hpp"
#include "index/engine.hpp"
#include "report/report.hpp"

namespace wirecopy {
namespace {

constexpr const char* kFooter = R"(Examples:
  wirecopy dedup feed.jsonl > unique.jsonl
  wirecopy dedup monday.jsonl.gz tuesday.jsonl.zst --out result/
  wirecopy dedup feeds/ --out result/ --force --keep earliest --matches
  cat feed.jsonl | wirecopy dedup - --field text=/body/0/value --field id=meta.guid
  wirecopy dedup today.jsonl --against stories.index > new.jsonl   articles that the index does not know
  wirecopy dedup feed.jsonl --out result/ --report report.html
  wirecopy dedup feed.jsonl --dry-run --threshold 0.7 --recall 0.99

A result directory contains unique.jsonl (the kept lines, unchanged), articles.jsonl (the decision about each article),
clusters.jsonl, rejects.jsonl, summary.json, boilerplate.jsonl (the ignored text, for inspection), boilerplate.model
and, with --matches, matches.jsonl.)";

int run_dedup(RunArguments arguments, SignalWatch& signals) {
  DedupRequest request = request_of(arguments);
  set_inputs(arguments, request);
  std::unique_ptr<IndexEngine> index;
  if (!arguments.against.empty()) {
    IndexSettings settings;
    settings.read_only = true;
    settings.resources = arguments.resources;
    index = std::make_unique<IndexEngine>(arguments.against, settings);
    if (arguments.seed.is_random) request.options.seed = index->statistics().options.seed;
    request.against = [&](const Corpus& corpus, std::span<const ArticleId> articles) {
      return index->find_copies(corpus, articles, request.options);
    };
  }
  const ResultDirectory* const directory = request.directory();
  RunContext context;
  set_resources(arguments, context);
  context.stop = signals.stop_token();
  if (arguments.dry_run || directory == nullptr) signals.exit_at_once();  // there are no files to clean up
  if (arguments.dry_run) return dry_run(request, context);
  if (!arguments.report.empty()) check_report_file(arguments.report);

  ProgressDisplay display(arguments.progress, context.progress, known_bytes(request.inputs()));
  Reporter reporter(request, display);
  try {
    const DedupReport report = dedup(request, reporter.events(), context);
    reporter.finish(report);
    if (report.fault) throw *report.fault;
    if (!arguments.report.empty()) make_report(arguments.out, arguments.report, workspace_of(arguments), context);
    return exit_status(arguments, report.counts);
  } catch (const Error&) {
    if (directory != nullptr && !request.resume && is_resumable(directory->path)) {
      reporter.say("the sketches made so far are kept in " + state_of(directory->path).native() +
                   "; use --resume to continue");
    }
    throw;
  }
}

}  // namespace

void add_dedup(CLI::App& app, Command& run) {
  CLI::App& command = *app.add_subcommand("dedup", "Find the copies in feeds and keep one of each story");
  command.footer(kFooter);
  auto arguments = std::make_shared<RunArguments>();
  command.add_option(
      "FEED", arguments->feeds,
      "Files or directories, of JSON lines or JSON arrays, plain or compressed; - or none for standard input");
  add_output_options(command, *arguments);
  add_sketch_options(command, *arguments);
  add_decision_options(command, *arguments);
  command
      .add_option("--against", arguments->against,
                  "Index (see stream); also remove copies of the articles that it remembers")
      ->check(not_empty())
      ->type_name("INDEX");
  add_feed_options(command, *arguments);
  add_allow_empty(command, arguments->allow_empty);
  add_resource_options(command, *arguments);
  command
      .add_flag("--resume", arguments->resume,
                "Continue an interrupted run with the same --out, feeds and options, whose state is in DIR.partial")
      ->needs("--out");
  command.add_flag(
      "--dry-run", arguments->dry_run,
      "Only show the fields with examples, the parameters with their S-curve, and the expected memory use");
  command.callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_dedup(*arguments, signals); }; });
}

}  // namespace wirecopy
