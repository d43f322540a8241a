// wirecopy index and wirecopy events: inspect and maintain an index.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <wirecopy/index.hpp>

#include "cli/command.hpp"
#include "cli/index_options.hpp"
#include "cli/option_checks.hpp"
#include "cli/option_values.hpp"
#include "cli/standard_streams.hpp"
#include "feed/date.hpp"
#include "index/decision_json.hpp"

namespace wirecopy {
namespace {

constexpr const char* kFooter = R"(Examples:
  wirecopy index info stories.index
  wirecopy index query stories.index new.jsonl            decide articles without remembering them
  wirecopy index query old.index old.jsonl --clock feed   for an index that was built with --clock feed
  wirecopy index cluster stories.index w0123456789abcdef  members, or the cluster that it was merged into
  wirecopy index expire stories.index --before 2024-05-01
  wirecopy index snapshot stories.index copy.index        copy to read from while the index is written

info, query, cluster, verify and snapshot only read, and work while another process writes.)";

struct Arguments {
  IndexArguments index;
  LineArguments lines;
  std::string argument;
  std::string before;
  std::uint64_t after = 0;
  bool incomplete = false;
};

Index open_for_reading(Arguments& arguments, bool incomplete = false) {
  IndexSettings settings = settings_of(arguments.index);
  settings.read_only = true;
  settings.incomplete = incomplete;
  return Index::open(arguments.index.index, settings);
}

Index open_for_writing(Arguments& arguments) {
  IndexSettings settings = settings_of(arguments.index);
  settings.create = false;
  return Index::open(arguments.index.index, settings);
}

void run_info(Arguments& arguments) {
  std::string out;
  append_json(out, open_for_reading(arguments).statistics());
  print_output(out);
}

int run_query(Arguments& arguments, SignalWatch& signals) {
  const Index index = open_for_reading(arguments);
  arguments.lines.titles_count = index.statistics().options.title;
  return decide_lines(arguments.lines, signals, [&index](std::span<const Article> a) { return index.query_batch(a); });
}

void run_cluster(Arguments& arguments) {
  const auto cluster = open_for_reading(arguments).cluster(arguments.argument);
  if (!cluster) throw Error(ErrorKind::usage, arguments.argument + ": no such cluster");
  std::string out;
  append_json(out, *cluster);
  print_output(out);
}

void run_expire(Arguments& arguments) {
  const auto before = parse_date(arguments.before);
  if (!before) throw Error(ErrorKind::usage, "--before must be a date, not " + arguments.before);
  Index index = open_for_writing(arguments);
  const std::uint64_t freed = index.expire(*before);
  index.flush();
  print_message(fmt::format("{} generations freed, {} articles remain", freed, index.statistics().articles));
}

void run_remove(Arguments& arguments) {
  Index index = open_for_writing(arguments);
  if (!index.remove(arguments.argument)) throw Error(ErrorKind::usage, arguments.argument + ": no such article");
  index.flush();
}

void run_verify(Arguments& arguments) {
  print_message(fmt::format("{} records are valid", open_for_reading(arguments).verify()));
}

void run_compact(Arguments& arguments) {
  Index index = open_for_writing(arguments);
  index.flush();
  index.compact();
}

int run_snapshot(Arguments& arguments, SignalWatch& signals) {
  open_for_reading(arguments, arguments.incomplete).snapshot(arguments.argument, signals.stop_token());
  return 0;
}

void run_events(Arguments& arguments) {
  constexpr std::size_t kPage = 10'000;
  const Index index = open_for_reading(arguments);
  for (std::uint64_t after = arguments.after;;) {
    const std::vector<Index::Event> events = index.events(after, kPage);
    if (events.empty()) return;
    std::string out;
    for (const Index::Event& event : events) append_json(out, event);
    print_output(out);
    after = events.back().number;
  }
}

/// Adds a subcommand that works on an index.
CLI::App& add_action(CLI::App& app, const std::shared_ptr<Arguments>& arguments, Command& run, const char* name,
                     const char* description, int (*action)(Arguments&, SignalWatch&)) {
  CLI::App& command = *app.add_subcommand(name, description);
  command.add_option("INDEX", arguments->index.index, "Index directory")->required()->check(not_empty());
  add_index_resources(command, arguments->index);
  command.callback([arguments, &run, action] {
    run = [arguments, action](SignalWatch& signals) { return action(*arguments, signals); };
  });
  return command;
}

/// For actions that may be killed at any time without harm to the index: the first signal ends the process.
template <void (*action)(Arguments&)>
int at_once(Arguments& arguments, SignalWatch& signals) {
  signals.exit_at_once();
  action(arguments);
  return 0;
}

}  // namespace

void add_index(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& command = *app.add_subcommand("index", "Inspect and maintain an index");
  command.footer(kFooter);
  command.require_subcommand(1);
  add_action(command, arguments, run, "info", "Print counts and parameters as JSON", at_once<run_info>);
  CLI::App& query = add_action(command, arguments, run, "query", "Decide articles without remembering them", run_query);
  add_line_options(query, arguments->lines);
  add_clock(query, arguments->index);
  CLI::App& cluster =
      add_action(command, arguments, run, "cluster", "Print the members of a cluster as JSON", at_once<run_cluster>);
  cluster.add_option("ID", arguments->argument, "Id of the cluster")->required();
  CLI::App& expire =
      add_action(command, arguments, run, "expire", "Forget articles older than a date", at_once<run_expire>);
  expire.add_option("--before", arguments->before, "Date, such as 2024-05-01 or 2024-05-01T12:00:00Z")->required();
  CLI::App& remove = add_action(command, arguments, run, "remove", "Forget an article", at_once<run_remove>);
  remove.add_option("ID", arguments->argument, "Id of the article")->required();
  add_action(command, arguments, run, "verify", "Read and check all records", at_once<run_verify>);
  add_action(command, arguments, run, "compact", "Reclaim the space of forgotten articles", at_once<run_compact>);
  CLI::App& snapshot =
      add_action(command, arguments, run, "snapshot", "Copy the index in its current state", run_snapshot);
  snapshot.add_option("TO", arguments->argument, "New directory")->required()->check(not_empty());
  snapshot.add_flag("--incomplete", arguments->incomplete, "Copy what is left of an index that lost some of its data");
}

void add_events(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& command = add_action(app, arguments, run, "events",
                                 "Print the changes of an index's clusters as JSON lines", at_once<run_events>);
  command.add_option("--after", arguments->after, "Print only events with a greater number")->check(natural_number());
  command.footer(
      "Examples:\n  wirecopy events stories.index\n  wirecopy events stories.index --after 4711   later events only\n\n"
      "Events: created, joined, left (with articles), merged (from), split (to, with articles). Replaying all events "
      "in\n"
      "order reproduces the clusters of the index. Events are kept for the length of the window.");
}

}  // namespace wirecopy
