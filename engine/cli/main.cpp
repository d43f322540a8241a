// wirecopy: finds the copies of wire stories in news feeds.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <new>
#include <wirecopy/error.hpp>
#include <wirecopy/version.hpp>

#include "base/file_descriptor.hpp"
#include "cli/command.hpp"
#include "cli/generate.hpp"
#include "cli/signals.hpp"

namespace wirecopy {
namespace {

constexpr int kUsage = 2, kIo = 4, kState = 5;

constexpr const char* kFooter = R"(Examples:
  wirecopy dedup feed.jsonl > unique.jsonl         keep one copy of every story
  wirecopy dedup feeds/ --out result/              the same, with the evidence for every decision
  zcat feed.jsonl.gz | wirecopy dedup - | next     in a pipe
  wirecopy dedup feed.jsonl --dry-run              what would be read, and with which parameters
  wirecopy generate --articles 1000 --out made/    a made feed, with its truth

Exit status: 0 success, 2 usage, 3 more rejected lines than --max-rejects, 4 input, output or resources,
5 damaged or incompatible state, 130 or 143 when interrupted.)";

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
    return 0;  // the reader has seen enough, as with `| head`
  } catch (const Error& error) {
    fmt::print(stderr, "wirecopy: {}\n", error.what());
    return exit_status(error, signals);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "wirecopy: out of memory\n");
    return kIo;
  } catch (const std::exception& error) {
    fmt::print(stderr, "wirecopy: {}\n", error.what());
    return kIo;
  }
}

int parse_and_run(int argc, char** argv) {
  CLI::App app("Finds exact and near duplicates in news feeds and groups the copies of one story.", "wirecopy");
  app.footer(kFooter);
  app.set_version_flag("--version", "wirecopy " + std::string(version()));
  app.require_subcommand(1);
  app.fallthrough(false);
  Command run;
  add_dedup(app, run);
  std::function<int()> generate;
  add_generate(app, generate);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  SignalWatch signals;
  if (generate) run = [&](SignalWatch&) { return generate(); };
  return run_guarded(run, signals);
}

}  // namespace
}  // namespace wirecopy

int main(int argc, char** argv) { return wirecopy::parse_and_run(argc, argv); }
