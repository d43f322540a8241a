// wirecopy report: writes an HTML file that shows who copied whom.
#include "report/report.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "base/memory_size.hpp"
#include "cli/command.hpp"
#include "cli/option_checks.hpp"
#include "cli/report_command.hpp"
#include "cli/run_arguments.hpp"
#include "cli/standard_streams.hpp"

namespace wirecopy {
namespace {

struct Arguments {
  std::string result;
  std::string out;
  RunArguments run;  // only the resources are used
};

constexpr const char* kFooter = R"(Examples:
  wirecopy report result/ -o report.html
  wirecopy dedup feed.jsonl --out result/ --report report.html

The file is self-contained: it opens from disk in any browser and makes no network requests. The texts are read from the
feed, under the file names given to the run; without the feed, the report has no texts. Of a large result, the report
contains the largest and the loosest clusters and a sample of the others; clusters.jsonl lists all.)";

int run_report(const Arguments& arguments, SignalWatch& signals) {
  const Workspace workspace = workspace_of(arguments.run);
  RunContext context;
  set_resources(arguments.run, context);
  context.stop = signals.stop_token();
  const ProgressDisplay display(arguments.run.progress, context.progress, 0);
  make_report(arguments.result, arguments.out, workspace, context);
  return 0;
}

}  // namespace

void make_report(const std::string& result, const std::string& file, const Workspace& workspace, RunContext& context) {
  const ReportOutcome outcome = write_report(result, file, workspace, context);
  for (const std::string& warning : outcome.warnings) print_message("warning: " + warning);
  print_message(fmt::format("report: {} of {} clusters, {} with their texts, {}", outcome.listed, outcome.clusters,
                            outcome.with_texts, format_byte_size(outcome.bytes)));
}

void add_report(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("report", "Write an HTML file that shows who copied whom");
  command->footer(kFooter);
  command->add_option("RESULT", arguments->result, "Result directory, as written by dedup --out")
      ->required()
      ->check(not_empty());
  command->add_option("-o,--out", arguments->out, "Output file; an earlier report is replaced")
      ->required()
      ->check(not_empty())
      ->type_name("FILE.html");
  add_resource_options(*command, arguments->run);
  command->callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_report(*arguments, signals); }; });
}

}  // namespace wirecopy
