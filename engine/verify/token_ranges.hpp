// Walking over the ranges of a text: which shingles are editorial, how many tokens are covered.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "text/token.hpp"

namespace wirecopy {

/// A run of tokens.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

/// A text to compare: its tokens, and the ranges of its shingles that are boilerplate (see mark_boilerplate).
struct ComparedText {
  std::span<const Token> tokens;
  std::span<const TokenRange> boilerplate;
};

/// Whether a shingle is editorial, for ascending positions.
class EditorialCursor {
 public:
  explicit EditorialCursor(std::span<const TokenRange> boilerplate) : ranges_(boilerplate) {}

  bool is_editorial(std::uint32_t position) {
    while (!ranges_.empty() && position >= ranges_.front().end) ranges_ = ranges_.subspan(1);
    return ranges_.empty() || position < ranges_.front().begin;
  }

 private:
  std::span<const TokenRange> ranges_;
};

/// Whether a shingle is editorial, for positions in any order. O(log of the ranges).
[[nodiscard]] inline bool is_editorial(std::uint32_t position, std::span<const TokenRange> boilerplate) {
  const auto range = std::partition_point(boilerplate.begin(), boilerplate.end(),
                                          [=](const TokenRange& r) { return r.end <= position; });
  return range == boilerplate.end() || position < range->begin;
}

/// Counts the tokens of stretches that are added in ascending order of their begin and may overlap.
class TokenCounter {
 public:
  explicit TokenCounter(std::uint32_t bridged) : bridged_(bridged) {}

  void add(std::uint32_t begin, std::uint32_t end) {
    if (any_ && begin <= end_ + bridged_) begin = end_;
    if (end > begin) count_ += end - begin;
    end_ = std::max(end_, end);
    any_ = true;
  }
  [[nodiscard]] std::uint32_t count() const { return count_; }

 private:
  std::uint32_t bridged_;
  std::uint32_t end_ = 0;
  std::uint32_t count_ = 0;
  bool any_ = false;
};

}  // namespace wirecopy
