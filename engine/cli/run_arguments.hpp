// The options that dedup, sketch and resolve share, and the request that they make.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "cli/progress_display.hpp"
#include "cli/seed_option.hpp"
#include "inspect/feed_again.hpp"
#include "pipeline/dedup.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// What the user typed, before it is checked and put in its place.
struct RunArguments {
  std::vector<std::string> feeds;
  std::string out;
  std::string report;
  std::string sketch;  // the file that sketch makes
  bool unique = true;
  std::vector<std::string> fields;
  std::string keep = "fullest";
  std::vector<std::string> drop;
  std::string boilerplate = "auto";
  std::string boilerplate_model;
  std::string against;
  std::string memory = "75%";
  std::string temporary;
  bool resume = false;
  std::string max_line = "16MiB";
  std::string block_size = "1MiB";
  SeedArgument seed;
  std::uint64_t max_rejects = UINT64_MAX;
  bool matches = false;
  std::uint64_t check_recall = 0;
  bool force = false;
  bool dry_run = false;
  ProgressMode progress = ProgressMode::automatic;
  Options options;
  Resources resources;
};

/// What decides what a sketch holds: method, threshold, recall, shingle, seed, title.
void add_sketch_options(CLI::App& command, RunArguments& arguments);
/// What is made of sketches: keep, drop, boilerplate.
void add_decision_options(CLI::App& command, RunArguments& arguments);
/// Which files come out: --out, --matches, --force...
void add_output_options(CLI::App& command, RunArguments& arguments);
/// How feeds are read: --field, --max-line.
void add_feed_options(CLI::App& command, RunArguments& arguments);
/// What changes speed and memory, and what is shown meanwhile.
void add_resource_options(CLI::App& command, RunArguments& arguments);

/// Checks what was typed; feeds are not looked at. Throws Error(usage).
[[nodiscard]] DedupRequest request_of(RunArguments& arguments);
/// Expands the feeds, or standard input where none is named, into the inputs of a request.
void set_inputs(RunArguments& arguments, DedupRequest& request);
void set_resources(const RunArguments& arguments, RunContext& context);
/// For commands that read the feed of a result again.
[[nodiscard]] Workspace workspace_of(const RunArguments& arguments);

/// The end of a run that rejected more lines than --max-rejects.
inline constexpr int kTooManyRejects = 3;
[[nodiscard]] int exit_status(const RunArguments& arguments, const FeedCounts& counts);

}  // namespace wirecopy
