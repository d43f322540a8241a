// Options of the commands that open an index or read articles one by one.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string>
#include <vector>
#include <wirecopy/index.hpp>

#include "cli/article_lines.hpp"
#include "cli/seed_option.hpp"
#include "cli/signals.hpp"

namespace wirecopy {

/// Arguments that describe an index.
struct IndexArguments {
  std::string index;
  std::string window;
  std::string within;
  std::string keep = "fullest";
  std::vector<std::string> drop;
  std::string boilerplate = "auto";
  std::string boilerplate_model;
  std::string memory = "256MiB";
  std::string clock = "system";
  std::string max_clock_jump = "3d";
  bool sync = false;
  SeedArgument seed;
  Options options;
  Resources resources;
  std::vector<CLI::Option*> fixed;  ///< options that are fixed at creation
};

/// Arguments that describe the articles.
struct LineArguments {
  std::vector<std::string> feeds;
  std::vector<std::string> fields;
  std::string records;
  bool allow_empty = false;
  bool titles_count = false;  ///< the index compares titles, so an article needs no text
  std::string max_line = "16MiB";
};

void add_creation_options(CLI::App& command, IndexArguments& arguments);
void add_index_resources(CLI::App& command, IndexArguments& arguments);
/// For commands to which articles arrive.
void add_clock(CLI::App& command, IndexArguments& arguments);
void add_line_options(CLI::App& command, LineArguments& arguments);

[[nodiscard]] IndexSettings settings_of(IndexArguments& arguments);

/// Decides articles in order.
using Decide = std::function<std::vector<Index::Decision>(std::span<const Article>)>;

/// Reads articles until the end of input or a signal, and writes each decision as a line to standard output as soon as
/// it is made. Returns the exit status. Throws UnusableFeed at the end of an input that was of no use (feed_check.hpp).
int decide_lines(const LineArguments& arguments, SignalWatch& signals, const Decide& decide);

}  // namespace wirecopy
