// Signing articles of n shingles with k coordinates, by kernel. A shingle corresponds to about 6.5 bytes of text.
#include <benchmark/benchmark.h>

#include "base/hash.hpp"
#include "reference/minhash.hpp"
#include "sketch/minhash.hpp"

namespace wirecopy {
namespace {

constexpr double kTextBytesPerShingle = 6.5;
constexpr std::uint64_t kSeed = 1;

std::vector<std::uint64_t> random_shingles(std::size_t size) {
  RandomStream random(7);
  std::vector<std::uint64_t> shingles(size);
  for (auto& shingle : shingles) shingle = random();
  return shingles;
}

bool signs_rightly(const MinHasher& hasher, std::span<const std::uint64_t> shingles) {
  std::vector<std::uint32_t> signature(hasher.size());
  hasher.sign(shingles, signature);
  return signature == reference::minhash({shingles.begin(), shingles.end()}, hasher.size(), kSeed);
}

void sign(benchmark::State& state, Kernel kernel) {
  constexpr std::size_t kArticles = 256;  // distinct, so that the branch predictor cannot learn them
  const auto size = static_cast<std::size_t>(state.range(0));
  const auto permutations = static_cast<unsigned>(state.range(1));
  const MinHasher hasher(permutations, kSeed, kernel);
  const std::vector<std::uint64_t> shingles = random_shingles(size * kArticles);
  const std::span<const std::uint64_t> all(shingles);
  if (!signs_rightly(hasher, all.first(size))) return state.SkipWithError("wrong signature");

  std::vector<std::uint32_t> signature(permutations);
  std::size_t article = 0;
  for (auto _ : state) {
    hasher.sign(all.subspan(article * size, size), signature);
    article = (article + 1) % kArticles;
    benchmark::DoNotOptimize(signature.data());
    benchmark::ClobberMemory();
  }
  const double text = static_cast<double>(state.iterations()) * static_cast<double>(size) * kTextBytesPerShingle;
  state.counters["text"] = benchmark::Counter(text, benchmark::Counter::kIsRate);
}

int register_all() {
  for (const Kernel kernel : available_kernels()) {
    auto* made = benchmark::RegisterBenchmark(("sign/" + std::string(name(kernel))).c_str(), sign, kernel);
    made->ArgNames({"shingles", "permutations"})->ArgsProduct({{20, 100, 400, 2000}, {64, 128, 188, 256}});
  }
  return 0;
}

[[maybe_unused]] const int kRegistered = register_all();

}  // namespace
}  // namespace wirecopy
