// Walking over the ranges of a text: which shingles are editorial, how many tokens are covered.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

namespace wirecopy {

/// A run of tokens.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

/// Tells, for rising positions, whether a shingle is editorial.
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

/// Counts the tokens of stretches that come by rising begin and may overlap.
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
