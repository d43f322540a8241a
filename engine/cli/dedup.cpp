// wirecopy dedup: feeds in, clusters of copies out.
#include "pipeline/dedup.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <map>
#include <wirecopy/error.hpp>
#include <wirecopy/options.hpp>

#include "base/memory_size.hpp"
#include "cli/command.hpp"
#include "cli/dry_run.hpp"
#include "cli/option_checks.hpp"
#include "cli/progress_display.hpp"
#include "cli/standard_streams.hpp"
#include "pipeline/threads.hpp"
#include "spill/spill_space.hpp"

namespace wirecopy {
namespace {

constexpr int kTooManyRejects = 3;
constexpr std::uint64_t kRejectsShown = 5;
constexpr std::size_t kLargestMaxLine = std::size_t{1} << 30;

constexpr const char* kFooter = R"(Examples:
  wirecopy dedup feed.jsonl > unique.jsonl
  wirecopy dedup monday.jsonl.gz tuesday.jsonl.zst --out result/
  wirecopy dedup feeds/ --out result/ --force --keep earliest --matches
  cat feed.jsonl | wirecopy dedup - --field text=/body/0/value --field id=meta.guid
  wirecopy dedup feed.jsonl --dry-run --threshold 0.7 --recall 0.99

A result directory holds unique.jsonl (the kept lines as they were), articles.jsonl (what became of every article),
clusters.jsonl, rejects.jsonl, summary.json, boilerplate.jsonl (what was ignored, for you to check) with
boilerplate.model, and, with --matches, matches.jsonl.)";

/// What the user typed, before it is checked and put in its place.
struct Arguments {
  std::vector<std::string> feeds;
  std::string out;
  std::vector<std::string> fields;
  std::string keep = "fullest";
  std::vector<std::string> drop;
  std::string boilerplate = "auto";
  std::string boilerplate_model;
  std::string memory = "75%";
  std::string temporary;
  bool resume = false;
  std::string max_line = "16MiB";
  std::string block_size = "1MiB";
  std::uint64_t max_rejects = UINT64_MAX;
  bool matches = false;
  std::uint64_t check_recall = 0;
  bool force = false;
  bool dry_run = false;
  ProgressMode progress = ProgressMode::automatic;
  Options options;
  Resources resources;
};

void add_result_options(CLI::App& command, Arguments& arguments) {
  const std::map<std::string, Method> methods{
      {"sample", Method::sample}, {"minhash", Method::minhash}, {"simhash", Method::simhash}, {"exact", Method::exact}};
  Options& options = arguments.options;
  command
      .add_option("--method", options.method,
                  "How candidates are found: sample (finds excerpts too), minhash, simhash or exact")
      ->transform(CLI::CheckedTransformer(methods).description(""))
      ->default_str("sample")
      ->type_name("NAME");
  command
      .add_option("--threshold", options.threshold,
                  "Least share of the shorter text's editorial part that is in the other, in (0, 1]")
      ->capture_default_str();
  command
      .add_option("--recall", options.recall,
                  "minhash: probability, in (0, 1), that a pair at the threshold is found; bands and rows follow")
      ->capture_default_str();
  command
      .add_option("--distance", options.distance,
                  "simhash: greatest Hamming distance of two hashes, 0 to 16; refused where it would flood")
      ->capture_default_str();
  command.add_option("--shingle", options.shingle, "Words in a shingle, 1 to 32")->capture_default_str();
  command.add_option("--seed", options.seed, "Seed of all hashes")->check(natural_number())->capture_default_str();
  command
      .add_option(
          "--keep", arguments.keep,
          "Which copy is kept: fullest (most text, then earliest, then id), first, earliest, credited (one that\n"
          "credits an agency, then as fullest), or source-order=FILE with one source a line, the most\n"
          "preferred first")
      ->capture_default_str();
  command.add_option("--drop", arguments.drop, "Relations for which a copy is removed: exact, near, excerpt, extended")
      ->delimiter(',')
      ->default_str("exact,near,excerpt")
      ->type_name("LIST");
  command
      .add_option("--boilerplate", arguments.boilerplate,
                  "auto: what a source repeats in unrelated articles is learnt and ignored; off")
      ->check(CLI::IsMember({"auto", "off"}))
      ->capture_default_str();
  command
      .add_option(
          "--boilerplate-model", arguments.boilerplate_model,
          "What earlier feeds taught of boilerplate: loaded if FILE exists, united with what this feed teaches,\n"
          "and written back at the end")
      ->check(not_empty())
      ->type_name("FILE");
  command.add_flag("--title", options.title, "The title counts as the first words of the text");
}

void add_run_options(CLI::App& command, Arguments& arguments) {
  const std::map<std::string, ProgressMode> modes{
      {"auto", ProgressMode::automatic}, {"none", ProgressMode::none}, {"log", ProgressMode::log}};
  command
      .add_option("--field", arguments.fields,
                  "Where a field is: ROLE=PATH; ROLE is id, title, text, source, url, published or language, PATH a\n"
                  "JSON pointer (/a/b/0) or names joined by dots (source.name, bodies[].value). May be repeated")
      ->type_name("ROLE=PATH")
      ->allow_extra_args(false);
  command.add_option("--threads", arguments.resources.threads, "Worker threads; 0: as many as there are processors")
      ->capture_default_str();
  command
      .add_option("--memory", arguments.memory,
                  "What the run should stay under, such as 2G or 40% of the machine's memory, 64M or more: what needs\n"
                  "more goes to disk; results do not depend on it")
      ->type_name("SIZE")
      ->capture_default_str();
  command
      .add_option("--tmp-dir", arguments.temporary,
                  "For what goes to disk: beside --out by default, or else $TMPDIR or /tmp")
      ->check(CLI::ExistingDirectory.description(""))
      ->type_name("DIR");
  command
      .add_flag("--resume", arguments.resume,
                "Go on where a run with the same --out, feeds and options was stopped (its state is in DIR.partial)")
      ->needs("--out");
  command.add_option("--max-line", arguments.max_line, "Longer lines are rejected")->capture_default_str();
  command
      .add_option("--max-rejects", arguments.max_rejects,
                  "Exit with status 3 if more lines are rejected; no limit by default")
      ->check(natural_number())
      ->type_name("N");
  command.add_flag("--matches", arguments.matches, "Also write matches.jsonl: every verified pair")->needs("--out");
  command
      .add_option("--check-recall", arguments.check_recall,
                  "Compare N articles with all others, and tell which share of their matches the run has found")
      ->check(natural_number())
      ->type_name("N");
  command.add_option("--progress", arguments.progress, "auto (a bar on a terminal), none, or log (a line every 10 s)")
      ->transform(CLI::CheckedTransformer(modes).description(""))
      ->default_str("auto")
      ->type_name("MODE");
  command.add_flag("--force", arguments.force, "Replace an older result")->needs("--out");
  command.add_flag("--dry-run", arguments.dry_run,
                   "Show the fields with examples, the parameters with their S-curve, and the memory to expect");
  command.add_option("--block-size", arguments.block_size)->group("");
  command.add_option("--kernel", arguments.resources.kernel)->group("");
}

std::vector<std::string> read_source_order(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error(ErrorKind::io, fmt::format("{}: cannot open the order of sources", path));
  std::vector<std::string> sources;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) sources.push_back(line);
  }
  if (file.bad()) throw Error(ErrorKind::io, fmt::format("{}: cannot read the order of sources", path));
  return sources;
}

void set_keep(const std::string& text, Options& options) {
  constexpr std::string_view kSourceOrder = "source-order=";
  if (text == "fullest") {
    options.keep = Keep::fullest;
  } else if (text == "first") {
    options.keep = Keep::first;
  } else if (text == "earliest") {
    options.keep = Keep::earliest;
  } else if (text == "credited") {
    options.keep = Keep::credited;
  } else if (text.starts_with(kSourceOrder)) {
    options.keep = Keep::source_order;
    options.preferred_sources = read_source_order(text.substr(kSourceOrder.size()));
  } else {
    throw Error(ErrorKind::usage,
                "--keep must be fullest, first, earliest, credited or source-order=FILE, not " + text);
  }
}

void set_drop(const std::vector<std::string>& names, Options& options) {
  if (names.empty()) return;
  options.drop = {};
  for (const std::string& text : names) {
    bool is_known = false;
    for (const Relation relation : {Relation::exact, Relation::near, Relation::excerpt, Relation::extended}) {
      if (text != name(relation)) continue;
      options.drop.add(relation);
      is_known = true;
    }
    if (!is_known) throw Error(ErrorKind::usage, "--drop takes exact, near, excerpt and extended, not " + text);
  }
}

void set_field(const std::string& text, FieldMap& fields) {
  const std::size_t equals = text.find('=');
  for (const Role role : kAllRoles) {
    if (equals != std::string::npos && text.substr(0, equals) == name(role)) {
      return fields.set(role, text.substr(equals + 1));
    }
  }
  throw Error(
      ErrorKind::usage,
      "--field must be ROLE=PATH with a role of id, title, text, source, url, published, language, not " + text);
}

DedupRequest request_of(Arguments& arguments) {
  set_keep(arguments.keep, arguments.options);
  set_drop(arguments.drop, arguments.options);
  arguments.options.boilerplate = arguments.boilerplate == "auto";
  validate(arguments.options);
  if (!arguments.options.boilerplate && !arguments.boilerplate_model.empty()) {
    throw Error(ErrorKind::usage, "--boilerplate-model cannot be used with --boilerplate off");
  }
  DedupRequest request;
  request.options = arguments.options;
  for (const std::string& field : arguments.fields) set_field(field, request.fields);
  if (arguments.feeds.empty()) arguments.feeds.emplace_back("-");
  request.inputs = expand_inputs(arguments.feeds);
  request.max_line = parse_byte_size(arguments.max_line);
  if (request.max_line > kLargestMaxLine) throw Error(ErrorKind::usage, "--max-line must be at most 1GiB");
  request.block_size = parse_byte_size(arguments.block_size);
  request.memory = parse_memory_budget(arguments.memory);
  request.temporary = arguments.temporary;
  request.resume = arguments.resume;
  if (!arguments.out.empty()) request.out = arguments.out;
  if (!arguments.boilerplate_model.empty()) request.boilerplate_model = arguments.boilerplate_model;
  request.replace = arguments.force;
  request.write_matches = arguments.matches;
  request.check_recall = arguments.check_recall;
  return request;
}

/// Tells a person, on standard error, what the run meets.
class Reporter {
 public:
  Reporter(const DedupRequest& request, ProgressDisplay& display) : request_(request), display_(display) {}

  [[nodiscard]] DedupEvents events() {
    return {[this](const FieldUsage& usage) { say("fields: " + usage.describe(request_.fields)); },
            [this](const Reject& reject) { on_reject(reject); }};
  }

  void finish(const DedupReport& report) {
    for (const std::string& warning : report.warnings) say("warning: " + warning);
    if (report.duplicate_ids > 0) {
      say(fmt::format(
          "warning: {} articles have the id of an earlier one, such as \"{}\"; file and line tell them apart",
          report.duplicate_ids, report.example_of_duplicate_id));
    }
    if (report.recall) {
      for (const std::string& line : describe(*report.recall)) say(line);
    }
    say(fmt::format("{} read, {} kept, {} duplicate, {} rejected; {} clusters",
                    report.counts.articles + report.counts.rejected, report.kept, report.duplicates,
                    report.counts.rejected, report.clusters));
  }

 private:
  void on_reject(const Reject& reject) {
    if (++rejects_ > kRejectsShown + 1) return;
    if (rejects_ > kRejectsShown) return say("more rejected lines follow; rejects.jsonl (with --out) has them all");
    const std::string& file = request_.inputs[reject.place.input].name;
    say(fmt::format("{}:{}: rejected at byte {}: {}{}{}", file, reject.place.line, reject.place.offset,
                    name(reject.reason), reject.message.empty() ? "" : ": ", reject.message));
  }

  void say(const std::string& text) {
    display_.clear();
    print_message(text);
  }

  const DedupRequest& request_;
  ProgressDisplay& display_;
  std::uint64_t rejects_ = 0;
};

int run_dedup(Arguments arguments, SignalWatch& signals) {
  const DedupRequest request = request_of(arguments);
  RunContext context;
  context.threads = thread_count(arguments.resources);
  context.kernel = chosen_kernel(arguments.resources);
  context.stop = signals.stop_token();
  if (arguments.dry_run || !request.out) signals.leave_at_once();  // nothing is left behind
  if (arguments.dry_run) return dry_run(request, context);

  DedupReport report;
  {
    ProgressDisplay display(arguments.progress, context.progress, known_bytes(request.inputs));
    Reporter reporter(request, display);
    report = dedup(request, reporter.events(), context);
    reporter.finish(report);
  }
  return report.counts.rejected > arguments.max_rejects ? kTooManyRejects : 0;
}

}  // namespace

void add_dedup(CLI::App& app, Command& run) {
  CLI::App& command = *app.add_subcommand("dedup", "Find the copies in feeds, keep one of each story");
  command.footer(kFooter);
  auto arguments = std::make_shared<Arguments>();
  command.add_option("FEED", arguments->feeds,
                     "Files, directories or - (standard input, also when none is named); plain, .gz or .zst");
  command.add_option("--out", arguments->out, "Directory for the result; without it, kept lines go to standard output")
      ->check(not_empty())
      ->type_name("DIR");
  add_result_options(command, *arguments);
  add_run_options(command, *arguments);
  command.callback(
      [arguments, &run] { run = [arguments](SignalWatch& signals) { return run_dedup(*arguments, signals); }; });
}

}  // namespace wirecopy
