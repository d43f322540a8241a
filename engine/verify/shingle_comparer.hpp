// Exact comparison of shingle sets: one article against many.
//
// Candidates come sorted by their first article. Its distinct shingles go into a small open-addressing table once;
// every second article is then streamed past it: each of its shingles is recomputed from tokens and looked up, and a
// mark on the entry makes a shingle that occurs twice count once. Nothing is sorted, nothing is kept between pairs, and
// sets exist only where there is a candidate. A pair costs O(shingles of the second), the table O(shingles of the
// first).
#pragma once

#include <cstdint>
#include <span>
#include <vector>
#include <wirecopy/match.hpp>

#include "text/token.hpp"

namespace wirecopy {

/// Scratch of one thread. Not thread-safe; allocates only to grow.
class ShingleComparer {
 public:
  /// `words`: length of a shingle.
  explicit ShingleComparer(unsigned words) : words_(words) {}

  /// Makes `first` the article to compare with; returns how many distinct shingles it has.
  std::uint32_t load(std::span<const Token> first);
  /// As `load`, for a set that is the union of two token runs (a title and a text, whose border no shingle crosses).
  std::uint32_t load(std::span<const Token> title, std::span<const Token> text);

  /// Distinct shingles of the loaded article that also occur in `second`.
  [[nodiscard]] std::uint32_t count_shared(std::span<const Token> second);
  [[nodiscard]] std::uint32_t count_shared(std::span<const Token> title, std::span<const Token> text);

 private:
  struct Entry {
    std::uint64_t shingle = 0;  // 0: free
    std::uint32_t mark = 0;     // the comparison that saw it last
  };

  void reserve(std::size_t shingles);
  void insert(std::span<const Token> tokens);
  std::uint32_t count_marked(std::span<const Token> tokens);
  Entry& find(std::uint64_t shingle);

  unsigned words_;
  std::vector<Entry> table_;
  std::size_t mask_ = 0;
  std::uint32_t distinct_ = 0;
  std::uint32_t mark_ = 0;
};

}  // namespace wirecopy
