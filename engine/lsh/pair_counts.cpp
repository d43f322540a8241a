#include "lsh/pair_counts.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/radix_sort.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kManyPairs = std::size_t{1} << 22;

std::uint64_t key_of(const CandidatePair& pair) { return std::uint64_t{pair.first} << 32 | pair.second; }

}  // namespace

void PairCounter::settle() {
  if (fresh_.size() >= std::max(kManyPairs, counted_.size())) count_fresh();
}

void PairCounter::count_fresh() {
  if (scratch_.size() < fresh_.size()) scratch_.resize(fresh_.size());
  radix_sort(std::span(fresh_), std::span(scratch_).first(fresh_.size()), key_of);
  std::vector<CountedPair> counted;
  for (const CandidatePair& pair : fresh_) {
    if (!counted.empty() && counted.back().pair == pair) {
      ++counted.back().hits;
    } else {
      counted.push_back({pair, 1});
    }
  }
  fresh_.clear();
  add(counted);
}

void PairCounter::add(const std::vector<CountedPair>& sorted) {
  std::vector<CountedPair> merged;
  merged.reserve(counted_.size() + sorted.size());
  auto a = counted_.begin();
  auto b = sorted.begin();
  while (a != counted_.end() || b != sorted.end()) {
    if (b == sorted.end() || (a != counted_.end() && a->pair < b->pair)) {
      merged.push_back(*a++);
    } else if (a == counted_.end() || b->pair < a->pair) {
      merged.push_back(*b++);
    } else {
      merged.push_back({a->pair, a->hits + b->hits});
      ++a, ++b;
    }
  }
  counted_ = std::move(merged);
}

void PairCounter::merge(PairCounter&& other) {
  other.count_fresh();
  add(other.counted_);
  other.counted_ = {};
}

std::vector<CountedPair> PairCounter::take() {
  count_fresh();
  return std::move(counted_);
}

}  // namespace wirecopy
