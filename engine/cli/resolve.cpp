// wirecopy resolve: the second phase of dedup, which finds the copies in sketched feeds.
#include <CLI/CLI.hpp>
#include <memory>
#include <wirecopy/error.hpp>

#include "cli/command.hpp"
#include "cli/report_command.hpp"
#include "cli/reporter.hpp"
#include "cli/run_arguments.hpp"
#include "pipeline/dedup.hpp"
#include "report/report.hpp"
#include "spill/sketch_header.hpp"
#include "spill/sketch_parameters.hpp"

namespace wirecopy {
namespace {

constexpr const char* kFooter = R"(Example:
  wirecopy resolve monday.sketch tuesday.sketch --out result/

The options that determine a sketch (--method, --threshold, ...) are those given to wirecopy sketch. The kept lines are
copied from the feeds, which must have the same names and contents as before; --no-unique does not need the feeds.)";

/// Takes the options and inputs from the sketches.
void set_sketches(const RunArguments& arguments, DedupRequest& request) {
  std::string parameters;
  SketchSource source;
  for (const std::string& path : arguments.feeds) {
    const SketchHeader sketch = read_sketch_header(path);
    if (parameters.empty()) parameters = sketch.parameters;
    require_equal_parameters(path, sketch.parameters, parameters);
    const Options made_with = read_options(sketch.parameters);
    request.options.method = made_with.method;
    request.options.threshold = made_with.threshold;
    request.options.recall = made_with.recall;
    request.options.shingle = made_with.shingle;
    request.options.seed = made_with.seed;
    request.options.title = made_with.title;
    request.fields = read_fields(sketch.parameters);
    source.inputs.insert(source.inputs.end(), sketch.inputs.begin(), sketch.inputs.end());
    source.files.emplace_back(path);
  }
  request.source = std::move(source);
}

int run_resolve(RunArguments arguments, SignalWatch& signals) {
  DedupRequest request = request_of(arguments);
  set_sketches(arguments, request);
  RunContext context;
  set_resources(arguments, context);
  context.stop = signals.stop_token();

  if (!arguments.report.empty()) check_report_file(arguments.report);
  ProgressDisplay display(arguments.progress, context.progress, 0);
  Reporter reporter(request, display);
  const DedupReport report = dedup(request, reporter.events(), context);
  reporter.finish(report);
  if (report.fault) throw *report.fault;
  if (!arguments.report.empty()) make_report(arguments.out, arguments.report, workspace_of(arguments), context);
  return 0;
}

}  // namespace

void add_resolve(CLI::App& app, Command& run) {
  CLI::App& command = *app.add_subcommand("resolve", "Find the copies in feeds that sketch has read");
  command.footer(kFooter);
  auto arguments = std::make_shared<RunArguments>();
  command.add_option("SKETCH", arguments->feeds, "Files written by wirecopy sketch, in the order of their feeds")
      ->check(CLI::ExistingFile.description(""))
      ->required();
  add_output_options(command, *arguments);
  command.get_option("--out")->required()->description("Result directory");
  command.add_flag_callback(
      "--no-unique", [arguments] { arguments->unique = false; },
      "Do not write unique.jsonl and boilerplate.jsonl, which require the feeds");
  add_allow_empty(command, arguments->allow_empty);
  add_decision_options(command, *arguments);
  add_resource_options(command, *arguments);
  command.callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_resolve(*arguments, signals); }; });
}

}  // namespace wirecopy
