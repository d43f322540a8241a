// wirecopy generate: generates a feed and its truth.
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
  wirecopy generate --articles 22k --seed 7 --out made/   about one day of news: feed.jsonl and truth.jsonl, 73 MB
  wirecopy generate --articles 10M --out /big/made/       about 33 GB, in bounded memory
  wirecopy generate --articles 1k | wirecopy dedup -      only the feed, in a pipe

The same number and seed give the same bytes on every machine. truth.jsonl has a line {"id", "story", "edit"} for every
article: articles of one story are copies of each other, and edit is the way in which the article was derived.)";

int run_generate(const Arguments& arguments, SignalWatch& signals) {
  if (arguments.out.empty()) {
    signals.exit_at_once();
    generate::generate_to(arguments.options, STDOUT_FILENO);
  } else {
    generate::generate_into(arguments.options, arguments.out, arguments.force, signals.stop_token());
  }
  return 0;
}

}  // namespace

void add_generate(CLI::App& app, Command& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("generate", "Generate a feed and its truth for tests and benchmarks");
  command->footer(kFooter);
  command->add_option("--articles", arguments->options.articles, "Number of articles, 1 to 100M; suffixes k and M")
      ->transform(CLI::AsNumberWithUnit(std::map<std::string, std::uint64_t>{{"k", 1000}, {"M", 1'000'000}},
                                        CLI::AsNumberWithUnit::CASE_INSENSITIVE))
      ->check(CLI::Range(std::uint64_t{1}, generate::kMaxArticles))
      ->capture_default_str();
  command->add_option("--seed", arguments->options.seed, "Seed of the random numbers")
      ->check(natural_number())
      ->capture_default_str();
  command
      ->add_option("--out", arguments->out,
                   "Directory for feed.jsonl and truth.jsonl; by default, the feed goes to standard output")
      ->check(not_empty())
      ->type_name("DIR");
  command->add_flag("--force", arguments->force, "Replace an earlier generated feed in DIR")->needs("--out");
  command->callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_generate(*arguments, signals); }; });
}

}  // namespace wirecopy
