// wirecopy: finds the copies of wire stories in news feeds.
#include <CLI/CLI.hpp>
#include <new>
#include <sstream>
#include <wirecopy/error.hpp>
#include <wirecopy/version.hpp>

#include "base/file_descriptor.hpp"
#include "cli/command.hpp"
#include "cli/error_text.hpp"
#include "cli/signals.hpp"
#include "cli/standard_streams.hpp"

namespace wirecopy {
namespace {

constexpr int kUsage = 2, kIo = 4, kState = 5;

constexpr const char* kFooter = R"(Examples:
  wirecopy dedup feed.jsonl > unique.jsonl         keep one copy of every story
  wirecopy dedup feeds/ --out result/              also record the evidence for every decision
  zcat feed.jsonl.gz | wirecopy dedup - | next     use it in a pipe
  wirecopy dedup feed.jsonl --dry-run              show the fields and parameters of a run
  wirecopy generate --articles 1000 --out made/    generate a feed and its truth
  wirecopy evaluate result/ --pairs labels.jsonl   score a result
  wirecopy explain result/ radio-20 valley-339     explain why two articles are or are not copies
  kcat -C -t news | wirecopy stream --index stories.index --window 14d   decide articles as they arrive
  wirecopy show result/                            show the largest clusters
  wirecopy report result/ -o report.html           show who copied whom, in a browser

Exit status: 0 success, 2 usage error, 3 more rejected lines than --max-rejects, 4 input, output or resource error,
5 damaged or incompatible state, 130 or 143 interrupted.)";

int exit_status(const Error& error, const SignalWatch& signals) {
  switch (error.kind()) {
    case ErrorKind::usage:
      return kUsage;
    case ErrorKind::state:
      return kState;
    case ErrorKind::cancelled:
      return signals.exit_status();
    default:
      return kIo;
  }
}

int run_guarded(const Command& run, SignalWatch& signals) {
  try {
    return run(signals);
  } catch (const BrokenPipe&) {
    return 0;  // the reader closed the pipe, as `| head` does
  } catch (const Error& error) {
    print_message(error_text(error));
    return exit_status(error, signals);
  } catch (const std::bad_alloc&) {
    print_message("out of memory");
    return kIo;
  } catch (const std::exception& error) {
    print_message(error.what());
    return kIo;
  }
}

/// The command to run instead: prints the help to standard output, or the usage error to standard error.
Command answer(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream help, message;
  const bool is_help = app.exit(error, help, message) == 0;
  if (is_help) return [text = help.str()](SignalWatch&) { return print_output(text), 0; };
  std::string text = message.str();
  while (text.ends_with('\n')) text.pop_back();
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;) text.replace(at, 1, ". ");
  return [text](SignalWatch&) { return print_message(text), kUsage; };
}

int parse_and_run(int argc, char** argv) {
  CLI::App app("Finds exact and near duplicates in news feeds and groups the copies of one story.", "wirecopy");
  app.footer(kFooter);
  app.set_version_flag("--version", "wirecopy " + std::string(version()));
  app.require_subcommand(1);
  app.fallthrough(false);
  Command run;
  add_dedup(app, run);
  add_sketch(app, run);
  add_resolve(app, run);
  add_generate(app, run);
  add_evaluate(app, run);
  add_explain(app, run);
  add_stream(app, run);
  add_index(app, run);
  add_events(app, run);
  add_report(app, run);
  add_show(app, run);
  add_completion(app, run);
  add_manual(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    run = answer(app, error);
  }
  try {
    SignalWatch signals;
    return run_guarded(run, signals);
  } catch (const Error& error) {  // the thread that waits for signals cannot be started
    print_message(error.what());
    return kIo;
  }
}

}  // namespace
}  // namespace wirecopy

int main(int argc, char** argv) {
  wirecopy::fill_standard_descriptors();
  return wirecopy::parse_and_run(argc, argv);
}
