// The shingles of one text in order of position: shingle i begins at token i.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/large_memory.hpp"
#include "text/shingler.hpp"

namespace wirecopy {

/// Scratch that is filled again for each text. Allocates only to grow.
class ShingleList {
 public:
  /// All shingles of `words` words of a text. O(tokens).
  void assign(std::span<const Token> tokens, unsigned words, Kernel kernel);

  [[nodiscard]] std::span<const std::uint64_t> hashes() const { return hashes_; }
  [[nodiscard]] std::size_t size() const { return hashes_.size(); }
  /// Behind the last token of a shingle.
  [[nodiscard]] std::uint32_t end(std::uint32_t position) const {
    return position + (lengths_.empty() ? longest_ : lengths_[position]);
  }
  /// Tokens of the longest one.
  [[nodiscard]] std::uint32_t longest() const { return longest_; }

 private:
  LargeArray<std::uint64_t> hashes_;
  std::uint32_t longest_ = 0;          // all are as long,
  std::vector<std::uint8_t> lengths_;  // unless their lengths are here
};

}  // namespace wirecopy
