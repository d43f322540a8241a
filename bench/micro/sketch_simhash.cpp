// SimHash of articles of n shingles, by kernel. A shingle corresponds to about 6.5 bytes of text.
#include <benchmark/benchmark.h>

#include <string>

#include "base/hash.hpp"
#include "reference/simhash.hpp"
#include "sketch/simhash.hpp"

namespace wirecopy {
namespace {

constexpr double kTextBytesPerShingle = 6.5;

void of_article(benchmark::State& state, Kernel kernel) {
  const auto size = static_cast<std::size_t>(state.range(0));
  RandomStream random(7);
  std::vector<std::uint64_t> shingles(size);
  for (auto& shingle : shingles) shingle = random();
  if (simhash(shingles, kernel) != reference::simhash(shingles)) return state.SkipWithError("wrong SimHash");

  for (auto _ : state) {
    benchmark::DoNotOptimize(shingles.data());
    benchmark::DoNotOptimize(simhash(shingles, kernel));
  }
  const double text = static_cast<double>(state.iterations()) * static_cast<double>(size) * kTextBytesPerShingle;
  state.counters["text"] = benchmark::Counter(text, benchmark::Counter::kIsRate);
}

int register_all() {
  for (const Kernel kernel : available_kernels()) {
    benchmark::RegisterBenchmark(("simhash/" + std::string(name(kernel))).c_str(), of_article, kernel)
        ->ArgName("shingles")
        ->RangeMultiplier(4)
        ->Range(25, 6400);
  }
  return 0;
}

[[maybe_unused]] const int kRegistered = register_all();

}  // namespace
}  // namespace wirecopy
