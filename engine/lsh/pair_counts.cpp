#include "lsh/pair_counts.hpp"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

#include "base/radix_sort.hpp"

namespace wirecopy {

void PairCounter::settle() {
  if (fresh_.size() >= most_fresh_) count_fresh();
}

void PairCounter::count_fresh() {
  if (fresh_.empty()) return;
  if (scratch_.size() < fresh_.size()) scratch_.resize(fresh_.size());
  std::uint32_t greatest = 0;  // article; its bits and no more lie between first and second, so that few are sorted by
  for (const CandidatePair& pair : fresh_) greatest |= pair.second;
  radix_sort(std::span(fresh_), std::span(scratch_).first(fresh_.size()),
             [bits = std::bit_width(greatest)](const CandidatePair& pair) {
               return std::uint64_t{pair.first} << bits | pair.second;
             });
  std::size_t distinct = 1;
  for (std::size_t i = 1; i < fresh_.size(); ++i) distinct += !(fresh_[i] == fresh_[i - 1]);
  Run counted(memory_);
  counted.reserve(distinct);
  for (const CandidatePair& pair : fresh_) {
    if (!counted.empty() && counted.back().pair == pair) {
      ++counted.back().hits;
    } else {
      counted.push_back({pair, 1});
    }
  }
  fresh_.clear();
  add(std::move(counted));
}

void PairCounter::add(Run&& run) {
  runs_.push_back(std::move(run));
  while (runs_.size() > 1 && runs_[runs_.size() - 2].size() < 2 * runs_.back().size()) {
    Run both = merged(runs_[runs_.size() - 2], runs_.back());
    runs_.pop_back();
    runs_.back() = std::move(both);
  }
}

PairCounter::Run PairCounter::merged(const Run& x, const Run& y) const {
  Run merged(memory_);
  merged.reserve(x.size() + y.size());
  auto a = x.begin(), b = y.begin();
  while (a != x.end() && b != y.end()) {
    if (a->pair < b->pair) {
      merged.push_back(*a++);
    } else if (b->pair < a->pair) {
      merged.push_back(*b++);
    } else {
      merged.push_back({a->pair, a->hits + b->hits});
      ++a, ++b;
    }
  }
  merged.insert(merged.end(), a, x.end());
  merged.insert(merged.end(), b, y.end());
  return merged;
}

void PairCounter::merge(PairCounter&& other) {
  other.count_fresh();
  for (Run& run : other.runs_) add(std::move(run));
  other.runs_.clear();
}

std::pmr::vector<CountedPair> PairCounter::take() {
  count_fresh();
  Run all(memory_);
  for (; !runs_.empty(); runs_.pop_back()) all = all.empty() ? std::move(runs_.back()) : merged(runs_.back(), all);
  return all;
}

}  // namespace wirecopy
