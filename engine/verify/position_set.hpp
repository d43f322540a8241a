// Positions of a long text, gathered in any order and read back as runs.
//
// A bitmap with a summary above it: one bit for each word of 64 positions. What was gathered is read by skipping empty
// words, 4,096 positions a look, and only between the first and the last that was touched: an excerpt's positions in a
// text of a million are found without walking over the million. Runs of a copy come out whole.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace wirecopy {

/// Scratch of one thread. Allocates only to grow.
class PositionSet {
 public:
  /// Makes room for positions below `size`. The set must be empty.
  void start(std::size_t size) {
    const std::size_t summaries = size / (kBits * kBits) + 1;
    if (summary_.size() >= summaries) return;
    summary_.resize(summaries, 0);
    words_.resize(summaries * kBits, 0);
  }

  void add(std::uint32_t position) { set(position / kBits, std::uint64_t{1} << (position % kBits)); }

  /// All positions from `begin` on and before `end`, which is greater.
  void add(std::uint32_t begin, std::uint32_t end) {
    const std::uint64_t from = kAll << (begin % kBits), until = kAll >> (kBits - 1 - (end - 1) % kBits);
    const std::size_t first = begin / kBits, last = (end - 1) / kBits;
    if (first == last) return set(first, from & until);
    set(first, from);
    for (std::size_t word = first + 1; word < last; ++word) set(word, kAll);
    set(last, until);
  }

  /// Calls `use(begin, end)` for each run of positions, ascending and disjoint, and empties the set.
  template <typename Use>
  void take_runs(Use&& use) {
    std::uint32_t begin = 0, end = 0;
    const auto take = [&](std::uint32_t from, std::uint32_t until) {
      if (from != end) {
        if (begin < end) use(begin, end);
        begin = from;
      }
      end = until;
    };
    for (std::size_t summary = first_; summary <= last_ && summary < summary_.size(); ++summary) {
      for (; summary_[summary] != 0; summary_[summary] &= summary_[summary] - 1) {
        const std::size_t word = summary * kBits + static_cast<std::size_t>(std::countr_zero(summary_[summary]));
        take_runs_of(word, take);
      }
    }
    if (begin < end) use(begin, end);
    first_ = SIZE_MAX, last_ = 0;
  }

 private:
  static constexpr std::size_t kBits = 64;
  static constexpr std::uint64_t kAll = UINT64_MAX;

  void set(std::size_t word, std::uint64_t bits) {
    const std::size_t summary = word / kBits;
    words_[word] |= bits;
    summary_[summary] |= std::uint64_t{1} << (word % kBits);
    first_ = std::min(first_, summary);
    last_ = std::max(last_, summary);
  }

  template <typename Take>
  void take_runs_of(std::size_t word, Take& take) {
    const auto base = static_cast<std::uint32_t>(word * kBits);
    for (std::uint64_t bits = std::exchange(words_[word], 0); bits != 0;) {
      const auto from = static_cast<unsigned>(std::countr_zero(bits));
      const auto length = static_cast<unsigned>(std::countr_one(bits >> from));
      take(base + from, base + from + length);
      bits = from + length == kBits ? 0 : bits & kAll << (from + length);
    }
  }

  std::vector<std::uint64_t> words_;
  std::vector<std::uint64_t> summary_;
  std::size_t first_ = SIZE_MAX, last_ = 0;  // words of the summary that were touched
};

}  // namespace wirecopy
