// Counting proposed pairs: 80 proposals per article, of pairs that are proposed once or 20 times.
#include <benchmark/benchmark.h>

#include <map>
#include <memory_resource>

#include "base/hash.hpp"
#include "base/large_memory.hpp"
#include "lsh/pair_counts.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kPiece = std::size_t{32} << 10, kSlab = std::size_t{2} << 20;

/// `articles` * 80 proposals of random pairs, each `times` times, in any order, like the proposals of partitions.
std::vector<CandidatePair> proposals(std::uint32_t articles, std::uint32_t times) {
  RandomStream random(5);
  std::vector<CandidatePair> pairs;
  for (std::uint32_t i = 0; i < articles * 80 / times; ++i) {
    const std::uint32_t a = random.below(articles), b = random.below(articles);
    if (a != b) pairs.insert(pairs.end(), times, {std::min(a, b), std::max(a, b)});
  }
  for (std::size_t i = pairs.size(); i > 1; --i) {
    std::swap(pairs[i - 1], pairs[random.below(static_cast<std::uint32_t>(i))]);
  }
  return pairs;
}

std::size_t pairs_with_two(std::span<const CandidatePair> pairs, const ArticleRanges& ranges) {
  PiecePool pool(large_memory(), kPiece, kSlab);
  ProposedPairs proposed(ranges);
  constexpr std::size_t kPartition = 1 << 16;
  for (std::size_t first = 0; first < pairs.size(); first += kPartition) {
    proposed.add(pairs.subspan(first, std::min(kPartition, pairs.size() - first)), pool);
  }
  PairCounter counter(ranges);
  const Spread<Proposal>* const spread = &proposed.spread();
  std::size_t found = 0;
  for (std::size_t range = 0; range < ranges.size(); ++range) {
    const auto enough = [](const CandidatePair&, std::uint32_t times) { return times >= 2; };
    found += pairs_with(counter, {&spread, 1}, range, enough).size();
  }
  return found;
}

void count_pairs(benchmark::State& state) {
  const auto articles = static_cast<std::uint32_t>(state.range(0)), times = static_cast<std::uint32_t>(state.range(1));
  const std::vector<CandidatePair> few = proposals(2000, times);
  std::map<CandidatePair, int> counts;
  for (const CandidatePair& pair : few) ++counts[pair];
  const auto expected = std::count_if(counts.begin(), counts.end(), [](const auto& each) { return each.second >= 2; });
  if (pairs_with_two(few, ArticleRanges(2000)) != static_cast<std::size_t>(expected)) {
    return state.SkipWithError("counts are wrong");
  }
  const std::vector<CandidatePair> pairs = proposals(articles, times);
  const ArticleRanges ranges(articles);
  for (auto _ : state) benchmark::DoNotOptimize(pairs_with_two(pairs, ranges));
  state.SetItemsProcessed(static_cast<std::int64_t>(pairs.size()) * state.iterations());
}
BENCHMARK(count_pairs)
    ->ArgNames({"articles", "times"})
    ->ArgsProduct({{20'000, 400'000}, {1, 20}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wirecopy

BENCHMARK_MAIN();
