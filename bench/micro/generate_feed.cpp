// Speed of the generator on one core, in bytes of the feed. Target: 150 MB/s.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string_view>

#include "generate/generate.hpp"
#include "generate/language.hpp"

namespace wirecopy::generate {
namespace {

struct Counter : FeedSink {
  bool feed_line(std::string_view line) override {
    ++articles;
    bytes += line.size();
    return true;
  }
  bool truth_line(std::string_view) override { return true; }

  std::int64_t articles = 0;
  std::uint64_t bytes = 0;
};

void generate_whole_feed(benchmark::State& state) {
  std::int64_t bytes = 0;
  std::int64_t articles = 0;
  for (auto _ : state) {
    Counter counter;
    generate_feed({.articles = static_cast<std::uint64_t>(state.range(0)), .seed = 1}, counter);
    if (counter.articles != state.range(0)) state.SkipWithError("the feed has another number of lines");
    bytes += static_cast<std::int64_t>(counter.bytes);
    articles += counter.articles;
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(articles);
}
BENCHMARK(generate_whole_feed)->Arg(2000)->Arg(22'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void spell_languages(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(make_languages());
}
BENCHMARK(spell_languages)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wirecopy::generate
