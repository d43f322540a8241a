// Times whole runs against the floor: parsing the same feed with simdjson alone, in the same process.
//
// The machine is noisy, so floor and runs alternate and medians are printed; compare ratios, not seconds. A run is
// checked before it is timed: it must read as many articles as the floor, and its counts must add up.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/file_descriptor.hpp"
#include "base/memory_size.hpp"
#include "base/stage_timer.hpp"
#include "evaluate/truth_scores.hpp"
#include "feed/byte_source.hpp"
#include "floor.hpp"
#include "pipeline/dedup.hpp"
#include "pipeline/threads.hpp"

namespace wirecopy::bench {
namespace {

namespace fs = std::filesystem;

/// Precision and recall over all pairs of articles.
evaluate::PrecisionRecall score_pairs(const fs::path& result, const fs::path& truth_file) {
  evaluate::NameTable ids;
  const evaluate::Truth truth = evaluate::read_truth(truth_file, ids);
  return evaluate::evaluate_truth(evaluate::read_clusters(result, ids), truth, 0).pairs.score();
}

struct Arguments {
  std::string feed;
  std::string truth;
  std::vector<unsigned> threads{1, 2};
  int repeat = 3;
  double threshold = Options().threshold;
  std::string out = "bench-result";
};

struct Timing {
  std::vector<double> cpu, wall;
  std::vector<StageSeconds> stages;  // of the last run
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

std::string read_whole(const std::string& path) {
  const auto source = ByteSource::open(Input{path});
  std::string bytes;
  constexpr std::size_t kChunk = std::size_t{1} << 24;
  for (std::size_t size = 0;;) {
    bytes.resize(size + kChunk);
    const std::size_t got = source->read(bytes.data() + size, kChunk);
    size += got;
    bytes.resize(size);
    if (got == 0) break;
  }
  bytes.append(64, '\0');
  return bytes;
}

DedupReport run_once(const Arguments& arguments, unsigned threads, Timing* timing) {
  DedupRequest request;
  request.source = FeedSource{{Input{arguments.feed}}};
  request.options.threshold = arguments.threshold;
  request.output = ResultDirectory{.path = arguments.out, .replace = true};
  RunContext context;
  context.threads = threads;
  context.kernel = best_kernel();
  const auto start = std::chrono::steady_clock::now();
  const double cpu_start = process_cpu_seconds();
  DedupReport report = dedup(request, {}, context);
  if (timing != nullptr) {
    timing->cpu.push_back(process_cpu_seconds() - cpu_start);
    timing->wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    timing->stages = context.times.stages();
  }
  return report;
}

void check(const DedupReport& report, const FloorResult& floor) {
  if (report.counts.articles != floor.articles || report.kept + report.duplicates != report.counts.articles) {
    throw std::runtime_error("the run does not account for every article of the feed");
  }
}

void print_timing(const char* what, const Timing& timing, double gigabytes, double articles, double floor_cpu) {
  const double cpu = median(timing.cpu), wall = median(timing.wall);
  fmt::print("{:<14} {:>8.2f} {:>9.1f} {:>12.0f} {:>10.2f}\n", what, cpu / gigabytes, gigabytes * 1e3 / wall,
             articles / wall, cpu / floor_cpu);
}

int run(const Arguments& arguments) {
  const std::string feed = read_whole(arguments.feed);
  const std::string_view lines(feed.data(), feed.size() - 64);
  const FloorResult floor = parse_floor(lines);
  const DedupReport checked = run_once(arguments, arguments.threads.front(), nullptr);
  check(checked, floor);

  Timing floor_timing;
  std::vector<Timing> timings(arguments.threads.size());
  for (int round = 0; round < arguments.repeat; ++round) {
    floor_timing.cpu.push_back(parse_floor(lines).cpu_seconds);
    for (std::size_t i = 0; i < timings.size(); ++i) run_once(arguments, arguments.threads[i], &timings[i]);
  }
  floor_timing.wall = floor_timing.cpu;

  const double gigabytes = static_cast<double>(lines.size()) / 1e9, floor_cpu = median(floor_timing.cpu);
  const auto articles = static_cast<double>(floor.articles);
  fmt::print("{} articles, {:.3f} GB, kernel {}, median of {}\n\n", floor.articles, gigabytes, name(best_kernel()),
             arguments.repeat);
  fmt::print("{:<14} {:>8} {:>9} {:>12} {:>10}\n", "", "CPU s/GB", "MB/s", "articles/s", "x floor");
  print_timing("floor", floor_timing, gigabytes, articles, floor_cpu);
  for (std::size_t i = 0; i < timings.size(); ++i) {
    print_timing(fmt::format("{} threads", arguments.threads[i]).c_str(), timings[i], gigabytes, articles, floor_cpu);
  }
  if (timings.size() > 1) {
    fmt::print("\n{} threads against {}: {:.2f}x\n", arguments.threads[1], arguments.threads[0],
               median(timings[0].wall) / median(timings[1].wall));
  }
  fmt::print("\nCPU seconds a stage, {} threads:", arguments.threads[0]);
  for (const StageSeconds& stage : timings[0].stages) fmt::print("  {} {:.3f}", stage.name, stage.cpu);
  fmt::print("\npeak memory {} (the floor's copy of the feed included)\n", format_byte_size(peak_memory_bytes()));
  if (!arguments.truth.empty()) {
    const evaluate::PrecisionRecall scores = score_pairs(arguments.out, arguments.truth);
    fmt::print("pairs: precision {:.4f}, recall {:.4f}, F1 {:.4f}\n", scores.precision, scores.recall, scores.f1());
  }
  fs::remove_all(arguments.out);
  return 0;
}

}  // namespace
}  // namespace wirecopy::bench

int main(int argc, char** argv) {
  wirecopy::bench::Arguments arguments;
  CLI::App app("Times whole runs on a feed beside the floor: parsing it with simdjson alone.");
  app.add_option("FEED", arguments.feed, "The feed; plain, .gz or .zst")->required();
  app.add_option("--truth", arguments.truth, "truth.jsonl of a made feed: adds precision and recall of pairs");
  app.add_option("--threads", arguments.threads, "Numbers of threads, one run each")->delimiter(',');
  app.add_option("--repeat", arguments.repeat, "Rounds")->capture_default_str();
  app.add_option("--threshold", arguments.threshold, "As for dedup")->capture_default_str();
  app.add_option("--out", arguments.out, "Directory for the results, removed afterwards")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    return wirecopy::bench::run(arguments);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_macro: {}\n", error.what());
    return 1;
  }
}
