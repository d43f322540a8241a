// Shingle hashes: tokens per second on one core, for word text and for text of mixed kinds.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

std::vector<Token> made_tokens(bool mixed) {
  RandomStream random(1);
  std::vector<Token> tokens(600);
  for (Token& token : tokens) token = make_token(random(), static_cast<TokenKind>(mixed ? random.below(3) : 0));
  return tokens;
}

void check(std::span<const Token> tokens, unsigned n, const std::vector<std::uint64_t>& hashes) {
  std::size_t at = 0;
  for_each_shingle(tokens, n, [&](std::uint64_t hash, std::size_t, std::size_t) {
    if (at == hashes.size() || hashes[at++] != hash) std::abort();
  });
}

void shingle_tokens(benchmark::State& state, bool mixed, Kernel kernel) {
  const std::vector<Token> tokens = made_tokens(mixed);
  const auto n = static_cast<unsigned>(state.range(0));
  std::vector<std::uint64_t> hashes;
  shingle(tokens, n, hashes, kernel);
  check(tokens, n, hashes);
  for (auto _ : state) {
    hashes.clear();
    shingle(tokens, n, hashes, kernel);
    benchmark::DoNotOptimize(hashes.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(tokens.size()) * state.iterations());
}

const bool registered = [] {
  for (const Kernel kernel : available_kernels()) {
    const std::string label = "words/" + std::string(name(kernel));
    benchmark::RegisterBenchmark(label.c_str(), shingle_tokens, false, kernel)->Arg(3)->Arg(5)->Arg(9)->Arg(32);
  }
  benchmark::RegisterBenchmark("mixed", shingle_tokens, true, best_kernel())->Arg(5);
  return true;
}();

}  // namespace
}  // namespace wirecopy
