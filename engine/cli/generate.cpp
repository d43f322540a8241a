// wirecopy generate: a made feed with its truth.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/command.hpp"
#include "cli/option_checks.hpp"
#include "generate/feed_files.hpp"

namespace wirecopy {
namespace {

struct Arguments {
  generate::GenerateOptions options;
  std::string out;
  bool force = false;
};

constexpr const char* kFooter = R"(Examples:
  wirecopy generate --articles 22k --seed 7 --out made/   about a day of news: feed.jsonl and truth.jsonl, 73 MB
  wirecopy generate --articles 10M --out /big/made/       about 33 GB, in bounded memory
  wirecopy generate --articles 1k | wirecopy dedup -      in a pipe, the feed alone

The same number and seed give the same bytes on every machine. truth.jsonl has a line for every article, {"id", "story",
"edit"}: articles of one story are copies of each other, and edit says how the article came about.)";

int run_generate(const Arguments& arguments, SignalWatch& signals) {
  if (arguments.out.empty()) {
    signals.leave_at_once();
    generate::generate_to(arguments.options, STDOUT_FILENO);
  } else {
    generate::generate_into(arguments.options, arguments.out, arguments.force, signals.stop_token());
  }
  return 0;
}

}  // namespace

void add_generate(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("generate", "Makes a feed with its truth, for tests and benchmarks");
  command->footer(kFooter);
  command
      ->add_option("--articles", arguments->options.articles, "Lines of the feed: 1 to 100M (k and M are understood)")
      ->transform(CLI::AsNumberWithUnit(std::map<std::string, std::uint64_t>{{"k", 1000}, {"M", 1'000'000}},
                                        CLI::AsNumberWithUnit::CASE_INSENSITIVE))
      ->check(CLI::Range(std::uint64_t{1}, generate::kMostArticles))
      ->capture_default_str();
  command->add_option("--seed", arguments->options.seed, "Another seed makes another feed")
      ->check(natural_number())
      ->capture_default_str();
  command
      ->add_option("--out", arguments->out,
                   "Directory for feed.jsonl and truth.jsonl; without it the feed goes to stdout")
      ->check(not_empty())
      ->type_name("DIR");
  command->add_flag("--force", arguments->force, "Replace an older made feed in DIR")->needs("--out");
  command->callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_generate(*arguments, signals); }; });
}

}  // namespace wirecopy
