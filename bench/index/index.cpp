// Speed of adding articles to an index, in memory or on disk, in batches and one by one.
//
// The decisions are checked first: most of the generated copies must be found, and few others. Generating articles is
// not timed. Rates are per CPU second of the whole process, RocksDB's compaction included.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>
#include <wirecopy/index.hpp>

#include "base/json_writer.hpp"
#include "base/memory_size.hpp"
#include "base/stage_timer.hpp"
#include "made_articles.hpp"

namespace wirecopy::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint64_t kSeed = 7;

struct Arguments {
  std::uint64_t articles = 200'000;
  std::size_t batch = 1000;
  std::uint64_t singles = 5000;
  std::uint64_t report = 0;
  unsigned threads = 1;
  std::string index;
  std::string memory = "256MiB";
  std::string write;
  bool sync = false;
};

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

struct Totals {
  double cpu = 0, wall = 0;
  std::uint64_t articles = 0, found = 0;
};

void print_rates(const char* what, const Totals& totals, const Index& index) {
  const auto articles = static_cast<double>(totals.articles);
  fmt::print("{:<12} {:>10} {:>12.0f} {:>12.0f} {:>8.3f} {:>10}\n", what, index.statistics().articles,
             articles / totals.wall, articles / totals.cpu, static_cast<double>(totals.found) / articles,
             format_byte_size(peak_memory_bytes()));
}

void add_batches(Index& index, ArticleMaker& maker, const Arguments& arguments) {
  Totals totals;
  std::vector<MadeArticle> made(arguments.batch);
  std::vector<Article> articles(arguments.batch);
  for (std::uint64_t done = 0; done < arguments.articles; done += arguments.batch) {
    for (std::size_t i = 0; i < made.size(); ++i) {
      made[i] = maker.next();
      articles[i] = made[i].view();
    }
    const double cpu = process_cpu_seconds();
    const auto start = Clock::now();
    const std::vector<Index::Decision> decisions = index.add_batch(articles);
    totals.wall += seconds_since(start);
    totals.cpu += process_cpu_seconds() - cpu;
    totals.articles += decisions.size();
    totals.found += static_cast<std::uint64_t>(std::count_if(decisions.begin(), decisions.end(), [](const auto& d) {
      return d.relation && *d.relation != Relation::partial;
    }));
    const bool is_due = arguments.report > 0 && totals.articles % arguments.report < arguments.batch;
    if (is_due && done + arguments.batch < arguments.articles) print_rates("so far", totals, index);
  }
  print_rates("batches", totals, index);
}

void add_one_by_one(Index& index, ArticleMaker& maker, std::uint64_t count) {
  Totals totals;
  std::vector<double> milliseconds;
  for (std::uint64_t i = 0; i < count; ++i) {
    const MadeArticle made = maker.next();
    const double cpu = process_cpu_seconds();
    const auto start = Clock::now();
    const Index::Decision decision = index.add(made.view());
    milliseconds.push_back(1e3 * seconds_since(start));
    totals.cpu += process_cpu_seconds() - cpu;
    totals.wall += milliseconds.back() / 1e3;
    totals.found += decision.relation && *decision.relation != Relation::partial;
    ++totals.articles;
  }
  print_rates("one by one", totals, index);
  std::sort(milliseconds.begin(), milliseconds.end());
  const auto at = [&](double share) { return milliseconds[static_cast<std::size_t>(share * double(count - 1))]; };
  fmt::print("one add takes {:.3f} ms (median), {:.3f} ms (p99), {:.3f} ms at most\n", at(0.5), at(0.99), at(1));
}

/// The same articles as JSON lines, for other tools.
void write_articles(const Arguments& arguments) {
  std::ofstream file(arguments.write, std::ios::binary);
  ArticleMaker maker(kSeed);
  std::string line;
  for (std::uint64_t i = 0; i < arguments.articles + arguments.singles; ++i) {
    const MadeArticle made = maker.next();
    line.clear();
    JsonWriter(line)
        .begin_object()
        .member("id", made.id)
        .member("title", made.title)
        .member("text", made.text)
        .member("source", made.source)
        .end_object();
    file << line << '\n';
  }
  if (!file.flush()) throw std::runtime_error("cannot write " + arguments.write);
}

int run(const Arguments& arguments) {
  if (!arguments.write.empty()) {
    write_articles(arguments);
    return 0;
  }
  IndexSettings settings;
  settings.resources.threads = arguments.threads;
  settings.memory = parse_byte_size(arguments.memory);
  settings.sync = arguments.sync;
  Index index = arguments.index.empty() ? Index(settings) : Index::open(arguments.index, settings);
  ArticleMaker maker(kSeed);
  fmt::print("{:<12} {:>10} {:>12} {:>12} {:>8} {:>10}\n", "", "indexed", "articles/s", "a CPU s", "copies", "peak");
  add_batches(index, maker, arguments);
  if (arguments.singles > 0) add_one_by_one(index, maker, arguments.singles);
  if (!arguments.index.empty()) {
    const double cpu = process_cpu_seconds();
    index.flush();
    const Index::Statistics statistics = index.statistics();
    fmt::print("flushed in {:.2f} s of CPU; {} on disk, {:.0f} bytes an article; filters and tables {}\n",
               process_cpu_seconds() - cpu, format_byte_size(statistics.disk_bytes),
               double(statistics.disk_bytes) / double(statistics.articles), format_byte_size(statistics.memory_bytes));
  }
  return 0;
}

}  // namespace
}  // namespace wirecopy::bench

int main(int argc, char** argv) {
  wirecopy::bench::Arguments arguments;
  CLI::App app("Times an index: in memory, or on disk with --index.");
  app.add_option("--articles", arguments.articles, "Added in batches")->capture_default_str();
  app.add_option("--batch", arguments.batch, "Articles per batch")->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--singles", arguments.singles, "Added one by one afterwards")->capture_default_str();
  app.add_option("--report", arguments.report, "Also print the rates after every N articles");
  app.add_option("--threads", arguments.threads, "Worker threads")->capture_default_str();
  app.add_option("--index", arguments.index, "Directory of a new index on disk; default: in memory");
  app.add_option("--memory", arguments.memory, "Memory of an index on disk")->capture_default_str();
  app.add_option("--write", arguments.write, "Only write the articles to this file, as JSON lines for other tools");
  app.add_flag("--sync", arguments.sync, "Sync every write to the disk before it returns");
  CLI11_PARSE(app, argc, argv);
  try {
    return wirecopy::bench::run(arguments);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_index: {}\n", error.what());
    return 1;
  }
}
