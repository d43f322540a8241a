// wirecopy stream: decides articles as they arrive.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <wirecopy/index.hpp>

#include "cli/command.hpp"
#include "cli/index_options.hpp"
#include "cli/option_checks.hpp"
#include "cli/standard_streams.hpp"

namespace wirecopy {
namespace {

constexpr const char* kFooter = R"(Examples:
  kcat -C -t articles | wirecopy stream --index stories.index --window 14d | kcat -P -t decisions
  wirecopy stream --index stories.index yesterday.jsonl.gz --clock feed > decisions.jsonl
  wirecopy stream feed.jsonl | jq -r 'select(.relation == "new").id'

Each line of input gives one line of output: {"id", "outcome", "relation", "duplicate", "match", "cluster", "canonical",
scores}. Relations: new, exact, near, excerpt, extended, partial (shares passages but does not match). Without --index,
the index is in memory and discarded at the end. On SIGTERM, the lines already read are decided and the status is 0.)";

struct Arguments {
  IndexArguments index;
  LineArguments lines;
};

int run_stream(Arguments& arguments, SignalWatch& signals) {
  const IndexSettings settings = settings_of(arguments.index);
  Index index = arguments.index.index.empty() ? Index(settings) : Index::open(arguments.index.index, settings);
  const std::uint64_t ahead = index.statistics().dated_ahead;
  arguments.lines.titles_count = index.statistics().options.title;
  const int status =
      decide_lines(arguments.lines, signals, [&index](std::span<const Article> a) { return index.add_batch(a); });
  if (const std::uint64_t now = index.statistics().dated_ahead; now > ahead) {
    print_message(fmt::format("{} dates were more than {} ahead of the feed clock and did not move it on arrival",
                              now - ahead, arguments.index.max_clock_jump));
  }
  return status;
}

}  // namespace

void add_stream(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& command = *app.add_subcommand("stream", "Decide articles as they arrive and remember them");
  command.footer(kFooter);
  command.add_option("--index", arguments->index.index, "Index directory; created if it does not exist")
      ->check(not_empty())
      ->type_name("DIR");
  add_line_options(command, arguments->lines);
  add_creation_options(command, arguments->index);
  command.add_flag("--sync", arguments->index.sync, "Write each decision to the disk before printing it")
      ->needs("--index");
  add_index_resources(command, arguments->index);
  add_clock(command, arguments->index);
  command.callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_stream(*arguments, signals); }; });
}

}  // namespace wirecopy
