#include "cli/index_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "base/file_name_text.hpp"
#include "base/json_writer.hpp"
#include "base/memory_size.hpp"
#include "cli/option_checks.hpp"
#include "cli/option_values.hpp"
#include "cli/run_arguments.hpp"
#include "cli/standard_streams.hpp"
#include "feed/feed_check.hpp"
#include "index/decision_json.hpp"
#include "index/recorded_seed.hpp"

namespace wirecopy {
namespace {

void append_reject(std::string& out, const Input& input, const LineArticle& line) {
  JsonWriter json(out);
  json.begin_object().member("outcome", "rejected").member("reason", name(*line.reason()));
  json.member("file", text_of_file_name(input.name)).member("line", line.line).end_object().end_line();
}

void check_lines(const ArticleLines& feed, const FieldMap& fields, const LineArguments& arguments) {
  if (const auto warning = warning_of_rejects(feed.counts(), feed.inputs())) print_message("warning: " + *warning);
  if (arguments.allow_empty) return;
  if (const auto fault = find_fault(feed.counts(), fields, feed.inputs(), arguments.titles_count)) throw *fault;
}

}  // namespace

void add_creation_options(CLI::App& command, IndexArguments& arguments) {
  Options& options = arguments.options;
  auto& fixed = arguments.fixed;
  command
      .add_option("--window", arguments.window,
                  "How long an article is remembered, such as 90m, 12h, 14d or 2w; by default, forever")
      ->check(not_empty())
      ->type_name("TIME");
  fixed.push_back(
      command.add_option("--method", options.method, "How candidates are found: sample or exact")
          ->transform(CLI::CheckedTransformer(by_name(std::array{Method::sample, Method::exact})).description(""))
          ->default_str("sample")
          ->type_name("NAME"));
  fixed.push_back(command.add_option("--threshold", options.threshold, "As in dedup")->capture_default_str());
  fixed.push_back(command.add_option("--recall", options.recall, "As in dedup")->capture_default_str());
  fixed.push_back(command.add_option("--shingle", options.shingle, "As in dedup")->capture_default_str());
  fixed.push_back(add_seed_option(command, arguments.seed));
  fixed.push_back(command.add_flag("--title", options.title, "Compare the title as the first words of the text"));
  fixed.push_back(command
                      .add_option("--within", arguments.within,
                                  "Articles whose dates are further apart are not copies, as in dedup")
                      ->check(not_empty())
                      ->type_name("TIME"));
  fixed.push_back(
      command.add_option("--keep", arguments.keep, "Which member of a cluster is its canonical, as in dedup")
          ->capture_default_str());
  fixed.push_back(command.add_option("--drop", arguments.drop, "Relations for which a copy is reported as a duplicate")
                      ->delimiter(',')
                      ->default_str("exact,near,excerpt")
                      ->type_name("LIST"));
  fixed.push_back(command.add_option("--boilerplate", arguments.boilerplate, "As in dedup: auto or off")
                      ->check(CLI::IsMember({"auto", "off"}))
                      ->capture_default_str());
  command
      .add_option("--boilerplate-model", arguments.boilerplate_model,
                  "Model written by dedup --boilerplate-model, for a new index")
      ->check(not_empty())
      ->type_name("FILE");
}

void add_index_resources(CLI::App& command, IndexArguments& arguments) {
  command.add_option("--memory", arguments.memory, "Memory for the caches and buffers of an index on disk")
      ->capture_default_str();
  command.add_option("--threads", arguments.resources.threads, "Number of worker threads; 0: one per processor")
      ->capture_default_str();
  command.add_option("--kernel", arguments.resources.kernel)->group("");
}

void add_clock(CLI::App& command, IndexArguments& arguments) {
  command
      .add_option("--clock", arguments.clock,
                  "Arrival time of an article: system (now), or feed (its publication date, for feeds from the past)")
      ->check(CLI::IsMember({"system", "feed"}))
      ->capture_default_str();
  command
      .add_option("--max-clock-jump", arguments.max_clock_jump,
                  "With --clock feed, how far a single date may move the clock; a later date needs confirmation by\n"
                  "others")
      ->check(not_empty())
      ->needs("--clock")
      ->capture_default_str()
      ->type_name("TIME");
}

void add_line_options(CLI::App& command, LineArguments& arguments) {
  command.add_option(
      "FEED", arguments.feeds,
      "Files or directories, of JSON lines or JSON arrays, plain or compressed; - or none for standard input");
  command.add_option("--field", arguments.fields, "Path of a field, as in dedup; may be repeated")
      ->type_name("ROLE=PATH")
      ->allow_extra_args(false);
  command.add_option("--records", arguments.records, "Array of articles in a JSON document, as in dedup")
      ->type_name("POINTER");
  command.add_option("--max-line", arguments.max_line, "Maximum length of a line; longer lines are rejected")
      ->capture_default_str();
  add_allow_empty(command, arguments.allow_empty);
}

IndexSettings settings_of(IndexArguments& arguments) {
  IndexSettings settings;
  const auto is_given = [](const CLI::Option* option) { return option->count() > 0; };
  if (std::any_of(arguments.fixed.begin(), arguments.fixed.end(), is_given)) {
    set_keep(arguments.keep, arguments.options);
    set_drop(arguments.drop, arguments.options);
    arguments.options.boilerplate = arguments.boilerplate == "auto";
    if (!arguments.within.empty()) arguments.options.within = parse_duration(arguments.within, "--within");
    arguments.options.seed =
        chosen_seed(arguments.seed, arguments.seed.is_random ? recorded_seed(arguments.index) : std::nullopt);
    settings.options = arguments.options;
  }
  if (!arguments.window.empty()) settings.window = parse_duration(arguments.window, "--window");
  settings.boilerplate_model = arguments.boilerplate_model;
  settings.sync = arguments.sync;
  settings.memory = parse_byte_size(arguments.memory);
  settings.resources = arguments.resources;
  settings.feed_clock = arguments.clock == "feed";
  settings.max_clock_jump = parse_duration(arguments.max_clock_jump, "--max-clock-jump");
  return settings;
}

int decide_lines(const LineArguments& arguments, SignalWatch& signals, const Decide& decide) {
  FieldMap fields;
  for (const std::string& field : arguments.fields) set_field(field, fields);
  fields.set_records(arguments.records);
  std::vector<std::string> feeds = arguments.feeds;
  if (feeds.empty()) feeds.emplace_back("-");
  SkippedFiles skipped;
  ArticleLines feed(expand_inputs(feeds, skipped), fields, parse_max_line(arguments.max_line), signals.stop_token());
  if (skipped.count > 0) print_message(skipped.describe());
  std::vector<Article> articles;
  std::string out;
  for (std::span<const LineArticle> lines; feed.next(lines);) {
    articles.clear(), out.clear();
    for (const LineArticle& line : lines) {
      if (!line.reason()) articles.push_back(line.article());
    }
    const std::vector<Index::Decision> decisions = decide(articles);
    std::size_t next = 0;
    for (const LineArticle& line : lines) {
      if (line.reason()) {
        append_reject(out, feed.input(line), line);
      } else {
        append_json(out, decisions[next]);
        ++next;
      }
    }
    print_output(out);
  }
  if (!signals.stop_token().stop_requested()) check_lines(feed, fields, arguments);
  // SIGTERM is the regular way to end a service, so its status is success; an interrupt from the keyboard is not.
  return signals.stop_token().stop_requested() && signals.exit_status() == 128 + SIGINT ? 128 + SIGINT : 0;
}

}  // namespace wirecopy
