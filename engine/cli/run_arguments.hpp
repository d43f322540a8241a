// The options shared by dedup, sketch and resolve, and the request built from them.
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

/// The arguments as given, before validation.
struct RunArguments {
  std::vector<std::string> feeds;
  std::string out;
  std::string report;
  std::string sketch;  // output file of sketch
  bool unique = true;
  std::vector<std::string> fields;
  std::string records;
  bool allow_empty = false;
  std::string within;
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

/// Options that determine a sketch: method, threshold, recall, shingle, seed, title.
void add_sketch_options(CLI::App& command, RunArguments& arguments);
/// Options that determine the decisions: distance, keep, drop, boilerplate.
void add_decision_options(CLI::App& command, RunArguments& arguments);
/// Options of the output files: --out, --matches, --force...
void add_output_options(CLI::App& command, RunArguments& arguments);
/// Options for reading feeds: --field, --records, --max-line, --max-rejects.
void add_feed_options(CLI::App& command, RunArguments& arguments);
/// --allow-empty.
void add_allow_empty(CLI::App& command, bool& allow_empty);
/// Options that affect speed, memory and the progress display.
void add_resource_options(CLI::App& command, RunArguments& arguments);

/// Validates the arguments, without access to the feeds. Throws Error(usage).
[[nodiscard]] DedupRequest request_of(RunArguments& arguments);
/// Expands the feeds, or standard input if there are none, into the inputs of a request.
void set_inputs(RunArguments& arguments, DedupRequest& request);
void set_resources(const RunArguments& arguments, RunContext& context);
/// Workspace of commands that read the feed of a result again.
[[nodiscard]] Workspace workspace_of(const RunArguments& arguments);

/// Exit status of a run that rejected more lines than --max-rejects.
inline constexpr int kTooManyRejects = 3;
[[nodiscard]] int exit_status(const RunArguments& arguments, const FeedCounts& counts);

}  // namespace wirecopy
