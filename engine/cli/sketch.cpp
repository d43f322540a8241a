// wirecopy sketch: the first phase of dedup, which writes a sketch file for resolve.
#include <CLI/CLI.hpp>
#include <memory>
#include <wirecopy/error.hpp>

#include "cli/command.hpp"
#include "cli/option_checks.hpp"
#include "cli/reporter.hpp"
#include "cli/run_arguments.hpp"
#include "cli/standard_streams.hpp"
#include "pipeline/dedup.hpp"

namespace wirecopy {
namespace {

constexpr const char* kFooter = R"(Examples:
  wirecopy sketch monday.jsonl.gz -o monday.sketch         on one machine
  wirecopy sketch tuesday.jsonl.gz -o tuesday.sketch       on another machine
  wirecopy resolve monday.sketch tuesday.sketch --out result/

The result is identical to that of "wirecopy dedup monday.jsonl.gz tuesday.jsonl.gz". Sketches that are resolved
together must be made with the same options.)";

int run_sketch(RunArguments arguments, SignalWatch& signals) {
  DedupRequest request = request_of(arguments);
  set_inputs(arguments, request);
  RunContext context;
  set_resources(arguments, context);
  context.stop = signals.stop_token();
  request.resume = arguments.resume;

  ProgressDisplay display(arguments.progress, context.progress, known_bytes(request.inputs()));
  Reporter reporter(request, display);
  const FeedCounts counts = sketch_feeds(request, arguments.sketch, reporter.events(), context);
  reporter.say(std::to_string(counts.articles) + " articles sketched, " + std::to_string(counts.rejected) +
               " lines rejected");
  return exit_status(arguments, counts);
}

}  // namespace

void add_sketch(CLI::App& app, Command& run) {
  CLI::App& command = *app.add_subcommand("sketch", "Read feeds for a later resolve, on any number of machines");
  command.footer(kFooter);
  auto arguments = std::make_shared<RunArguments>();
  command
      .add_option("FEED", arguments->feeds, "Files or directories, of JSON lines or JSON arrays, plain or compressed")
      ->required();
  command.add_option("-o,--output", arguments->sketch, "Output file")
      ->check(not_empty())
      ->type_name("FILE")
      ->required();
  add_sketch_options(command, *arguments);
  add_feed_options(command, *arguments);
  add_allow_empty(command, arguments->allow_empty);
  add_resource_options(command, *arguments);
  command.add_flag("--resume", arguments->resume, "Continue an interrupted run, whose state is in FILE.partial");
  command.callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_sketch(*arguments, signals); }; });
}

}  // namespace wirecopy
