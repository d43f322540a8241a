#include "cli/run_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <wirecopy/error.hpp>

#include "base/memory_size.hpp"
#include "base/names.hpp"
#include "cli/option_checks.hpp"
#include "cli/option_values.hpp"
#include "cli/standard_streams.hpp"
#include "pipeline/memory_plan.hpp"
#include "pipeline/threads.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {

void add_sketch_options(CLI::App& command, RunArguments& arguments) {
  Options& options = arguments.options;
  command
      .add_option("--method", options.method,
                  "How candidates are found: sample (also finds excerpts), minhash, simhash or exact")
      ->transform(CLI::CheckedTransformer(by_name(kAllMethods)).description(""))
      ->default_str("sample")
      ->type_name("NAME");
  command
      .add_option("--threshold", options.threshold,
                  "Minimum share of the shorter text's editorial part that the other must contain, in (0, 1]")
      ->capture_default_str();
  command
      .add_option(
          "--recall", options.recall,
          "Probability, in (0, 1), that a pair at the threshold is found; sets the sampling rate of sample (for\n"
          "texts of 50 words) and the bands of minhash; ignored by simhash and exact")
      ->capture_default_str();
  command.add_option("--shingle", options.shingle, "Number of words in a shingle, 1 to 32")->capture_default_str();
  add_seed_option(command, arguments.seed);
  command.add_flag("--title", options.title, "Compare the title as the first words of the text");
}

void add_decision_options(CLI::App& command, RunArguments& arguments) {
  Options& options = arguments.options;
  command
      .add_option(
          "--distance", options.distance,
          "With --method simhash, maximum Hamming distance of two hashes, 0 to 16; less for many articles, as the\n"
          "summary says")
      ->capture_default_str();
  command
      .add_option("--within", arguments.within,
                  "Articles whose dates are further apart are not copies, such as 72h, 14d or 8w; by default, no limit")
      ->check(not_empty())
      ->type_name("TIME");
  command
      .add_option(
          "--keep", arguments.keep,
          "Which copy is kept: fullest (most text, then earliest, then smallest id), first, earliest, credited (a\n"
          "copy that credits an agency, then as fullest), or source-order=FILE, a file with one source per line,\n"
          "the most preferred first")
      ->capture_default_str();
  command.add_option("--drop", arguments.drop, "Relations for which a copy is removed: exact, near, excerpt, extended")
      ->delimiter(',')
      ->default_str("exact,near,excerpt")
      ->type_name("LIST");
  command
      .add_option("--boilerplate", arguments.boilerplate,
                  "auto: learn and ignore text that a source repeats in unrelated articles; off: compare all text")
      ->check(CLI::IsMember({"auto", "off"}))
      ->capture_default_str();
  command
      .add_option(
          "--boilerplate-model", arguments.boilerplate_model,
          "Boilerplate learned from earlier feeds: loaded if FILE exists, merged with what is learned from this\n"
          "feed, and written back at the end")
      ->check(not_empty())
      ->type_name("FILE");
}

void add_output_options(CLI::App& command, RunArguments& arguments) {
  command.add_option("--out", arguments.out, "Result directory; by default, kept lines go to standard output")
      ->check(not_empty())
      ->type_name("DIR");
  command.add_flag("--matches", arguments.matches, "Also write matches.jsonl with every verified pair")->needs("--out");
  command.add_option("--report", arguments.report, "Also write a report as an HTML file")
      ->needs("--out")
      ->check(not_empty())
      ->type_name("FILE.html");
  command
      .add_option("--check-recall", arguments.check_recall,
                  "Compare N articles with all others and print the share of their matches that the run found")
      ->check(natural_number())
      ->type_name("N");
  command.add_flag("--force", arguments.force, "Replace an earlier result")->needs("--out");
}

void add_feed_options(CLI::App& command, RunArguments& arguments) {
  command
      .add_option(
          "--field", arguments.fields,
          "Path of a field: ROLE is id, title, text, source, url, published or language; PATH is a JSON pointer\n"
          "(/a/b/0) or names joined by dots (source.name, bodies[].value); may be repeated")
      ->type_name("ROLE=PATH")
      ->allow_extra_args(false);
  command
      .add_option(
          "--records", arguments.records,
          "JSON pointer to the array of articles in a JSON document, such as /response/docs; a document that is\n"
          "an array needs none")
      ->type_name("POINTER");
  command.add_option("--max-line", arguments.max_line, "Maximum length of a line; longer lines are rejected")
      ->capture_default_str();
  command
      .add_option("--max-rejects", arguments.max_rejects,
                  "Exit with status 3 if more than N lines are rejected; no limit by default")
      ->check(natural_number())
      ->type_name("N");
  command.add_option("--block-size", arguments.block_size)->group("");
}

void add_allow_empty(CLI::App& command, bool& allow_empty) {
  command.add_flag("--allow-empty", allow_empty, "Succeed even if no line is an article, or no article has a text");
}

void add_resource_options(CLI::App& command, RunArguments& arguments) {
  const std::map<std::string, ProgressMode> modes{
      {"auto", ProgressMode::automatic}, {"none", ProgressMode::none}, {"log", ProgressMode::log}};
  command
      .add_option("--threads", arguments.resources.threads,
                  "Number of worker threads, fewer if --memory is small; 0: one per processor")
      ->capture_default_str();
  command
      .add_option(
          "--memory", arguments.memory,
          "Memory limit, such as 2G or 40% (of the machine's memory), at least 64M; exceeded by at most 48 MiB. Data\n"
          "beyond it goes to disk; a run that needs more fails and names the required limit. Does not affect results")
      ->type_name("SIZE")
      ->capture_default_str();
  command
      .add_option("--tmp-dir", arguments.temporary,
                  "Directory for data that goes to disk; by default the one that contains --out, else $TMPDIR or /tmp")
      ->check(CLI::ExistingDirectory.description(""))
      ->type_name("DIR");
  command
      .add_option("--progress", arguments.progress,
                  "Progress display: auto (a status line on a terminal), none, or log (a line every 10 s)")
      ->transform(CLI::CheckedTransformer(modes).description(""))
      ->default_str("auto")
      ->type_name("MODE");
  command.add_option("--kernel", arguments.resources.kernel)->group("");
}

namespace {

std::optional<std::uint64_t> seed_of_interrupted_run(const RunArguments& arguments) {
  if (!arguments.resume) return std::nullopt;
  return arguments.sketch.empty() ? seed_of_unfinished(arguments.out) : seed_of_unfinished_sketch(arguments.sketch);
}

void check_boilerplate(const RunArguments& arguments) {
  if (arguments.boilerplate_model.empty()) return;
  if (!arguments.options.boilerplate) {
    throw Error(ErrorKind::usage, "--boilerplate-model cannot be used with --boilerplate off");
  }
  if (arguments.seed.is_random) {
    throw Error(ErrorKind::usage,
                "--boilerplate-model cannot be used with --seed random, because the seed must be that of the model");
  }
}

}  // namespace

DedupRequest request_of(RunArguments& arguments) {
  set_keep(arguments.keep, arguments.options);
  set_drop(arguments.drop, arguments.options);
  arguments.options.boilerplate = arguments.boilerplate == "auto";
  if (!arguments.within.empty()) arguments.options.within = parse_duration(arguments.within, "--within");
  validate(arguments.options);
  check_boilerplate(arguments);
  arguments.options.seed = chosen_seed(arguments.seed, seed_of_interrupted_run(arguments));
  DedupRequest request;
  request.options = arguments.options;
  for (const std::string& field : arguments.fields) set_field(field, request.fields);
  request.fields.set_records(arguments.records);
  request.allow_empty = arguments.allow_empty;
  request.max_line = parse_max_line(arguments.max_line);
  request.block_size = parse_byte_size(arguments.block_size);
  request.memory = parse_memory_budget(arguments.memory);
  request.temporary = arguments.temporary;
  request.resume = arguments.resume;
  if (!arguments.out.empty()) {
    request.output = ResultDirectory{arguments.out, arguments.force, arguments.matches, arguments.unique};
  }
  if (!arguments.boilerplate_model.empty()) request.boilerplate_model = arguments.boilerplate_model;
  request.check_recall = arguments.check_recall;
  return request;
}

void set_inputs(RunArguments& arguments, DedupRequest& request) {
  if (arguments.feeds.empty()) arguments.feeds.emplace_back("-");
  SkippedFiles skipped;
  request.source = FeedSource{expand_inputs(arguments.feeds, skipped)};
  if (skipped.count > 0) print_message(skipped.describe());
}

void set_resources(const RunArguments& arguments, RunContext& context) {
  context.threads = std::min(thread_count(arguments.resources), max_threads(parse_memory_budget(arguments.memory)));
  context.kernel = chosen_kernel(arguments.resources);
}

Workspace workspace_of(const RunArguments& arguments) {
  return {parse_memory_budget(arguments.memory), arguments.temporary};
}

int exit_status(const RunArguments& arguments, const FeedCounts& counts) {
  return counts.rejected > arguments.max_rejects ? kTooManyRejects : 0;
}

}  // namespace wirecopy
