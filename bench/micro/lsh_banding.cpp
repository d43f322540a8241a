// From signatures to candidate pairs: band keys, the radix sort, buckets of several shapes.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "base/hash.hpp"
#include "base/radix_sort.hpp"
#include "lsh/banding.hpp"
#include "lsh/candidates.hpp"
#include "reference/pairs.hpp"

namespace wirecopy {
namespace {

std::uint64_t key_of(const BandRecord& record) { return record.key; }

// Records of `articles` articles in buckets of `members`, in random order.
BandRecords records_in_buckets(std::uint32_t articles, std::uint32_t members) {
  BandRecords records;
  for (std::uint32_t article = 0; article < articles; ++article) {
    const std::uint32_t place = static_cast<std::uint32_t>(mix64(article) % articles);
    records.push_back({mix64(place / members + 1), article});
  }
  return records;
}

std::vector<std::uint64_t> ranks(std::uint32_t articles) {
  std::vector<std::uint64_t> rank(articles);
  for (std::uint32_t article = 0; article < articles; ++article) rank[article] = mix64(~std::uint64_t{article});
  return rank;
}

Refinement words(unsigned levels) {
  return {levels, [](std::uint32_t article, unsigned level) { return mix64(article / 4 * 8ULL + level); }};
}

bool candidates_are_right() {
  const auto records = records_in_buckets(2000, 100);
  const auto rank = ranks(2000);
  auto sorted = records;
  BandRecords scratch;
  CandidatePairs pairs;
  CandidateCounts counts;
  append_candidates(sorted, scratch, rank, {}, words(2), pairs, counts);
  reference::PairSet found;
  for (const CandidatePair& pair : pairs) found.emplace(pair.first, pair.second);
  return found == reference::candidates(records, rank, {}, words(2));
}

void rate(benchmark::State& state, const char* what, double each_time) {
  state.counters[what] =
      benchmark::Counter(each_time * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void band_keys(benchmark::State& state) {
  const Banding banding{static_cast<unsigned>(state.range(0)), static_cast<unsigned>(state.range(1))};
  std::vector<std::uint32_t> signature(permutations(banding));
  std::uint32_t turn = 0;
  for (auto _ : state) {
    signature[0] = ++turn;
    for (unsigned band = 0; band < banding.bands; ++band) benchmark::DoNotOptimize(band_key(signature, banding, band));
  }
  rate(state, "articles", 1);
}
BENCHMARK(band_keys)->ArgNames({"bands", "rows"})->Args({47, 4})->Args({42, 3})->Args({14, 8});

template <bool kRadix>
void sort_records(benchmark::State& state) {
  const auto unsorted = records_in_buckets(static_cast<std::uint32_t>(state.range(0)), 1);
  auto expected = unsorted;
  std::sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  BandRecords scratch(unsorted.size());
  auto records = unsorted;
  for (auto _ : state) {
    state.PauseTiming();
    std::copy(unsorted.begin(), unsorted.end(), records.begin());
    state.ResumeTiming();
    if constexpr (kRadix) {
      radix_sort(std::span(records), std::span(scratch), key_of);
    } else {
      std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    }
  }
  if (!std::equal(records.begin(), records.end(), expected.begin(),
                  [](const auto& a, const auto& b) { return a.key == b.key; })) {
    state.SkipWithError("not sorted");
  }
  rate(state, "records", static_cast<double>(unsorted.size()));
}
BENCHMARK(sort_records<true>)
    ->Name("sort_records/radix")
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sort_records<false>)
    ->Name("sort_records/std")
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

// A million records in buckets of the given size, with 0 or more levels of refinement.
void candidates(benchmark::State& state) {
  if (!candidates_are_right()) return state.SkipWithError("wrong candidates");
  constexpr std::uint32_t kArticles = 1'000'000;
  const auto unsorted = records_in_buckets(kArticles, static_cast<std::uint32_t>(state.range(0)));
  const Refinement refinement = words(static_cast<unsigned>(state.range(1)));
  const auto rank = ranks(kArticles);
  auto records = unsorted;
  BandRecords scratch;
  CandidatePairs pairs;
  CandidateCounts counts;
  for (auto _ : state) {
    state.PauseTiming();
    std::copy(unsorted.begin(), unsorted.end(), records.begin());
    pairs.clear();
    counts = {};
    state.ResumeTiming();
    append_candidates(records, scratch, rank, {}, refinement, pairs, counts);
  }
  rate(state, "records", kArticles);
  rate(state, "pairs", static_cast<double>(counts.pairs));
  state.counters["pairs_each"] = static_cast<double>(counts.pairs) / kArticles;
}
BENCHMARK(candidates)
    ->ArgNames({"bucket", "levels"})
    ->Args({1, 0})
    ->Args({4, 0})
    ->Args({18, 0})
    ->Args({32, 0})
    ->Args({1000, 0})
    ->Args({1'000'000, 0})
    ->Args({1'000'000, 2})
    ->Args({1'000'000, 4})
    ->Unit(benchmark::kMillisecond);

void sort_unique_pairs(benchmark::State& state) {
  constexpr std::uint32_t kArticles = 1'000'000;
  RandomStream random(3);
  CandidatePairs unsorted(4'000'000);
  for (auto& [first, second] : unsorted) {
    first = random.below(kArticles);
    second = first + 1 + random.below(4);
  }
  auto expected = unsorted;
  std::sort(expected.begin(), expected.end());
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  CandidatePairs pairs;
  CandidatePairs scratch;
  for (auto _ : state) {
    state.PauseTiming();
    pairs = unsorted;
    state.ResumeTiming();
    sort_unique(pairs, scratch);
  }
  if (pairs != expected) state.SkipWithError("wrong pairs");
  rate(state, "pairs", static_cast<double>(unsorted.size()));
}
BENCHMARK(sort_unique_pairs)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wirecopy
