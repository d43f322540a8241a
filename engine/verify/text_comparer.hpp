// Exact comparison of texts: one article against many.
//
// Problem. Two copies of a story differ in length, in wrapping and in a word here and there. What tells a copy from a
// piece that shares a quotation is how much of the shorter text's own, editorial part stands in the other.
//
// Idea. Shingles that both texts hold, and that are boilerplate in neither, cover tokens in each; a gap of at most two
// tokens between covered stretches is a word replaced, and counts as covered. The covered share of a text's editorial
// tokens is its containment in the other. Distinct shingles are counted as well, for Jaccard similarities.
//
// How. Candidates come sorted by their first article. Its shingles go into an open-addressing table
// once, of four bytes a slot so that it stays in the nearest cache; every
// second text is then streamed past it: its shingles are recomputed from tokens and looked up, and a mark on the entry
// makes a shingle that occurs twice count once. Then the first text is walked in order, for its own coverage. Nothing
// is sorted, nothing kept between pairs, and sets exist only where there is a candidate. O(tokens of both).
#pragma once

#include <cstdint>
#include <span>
#include <vector>
#include <wirecopy/match.hpp>

#include "text/token.hpp"
#include "verify/text_profile.hpp"

namespace wirecopy {

/// A text to compare: its tokens, and the ranges of its shingles that are boilerplate (see mark_boilerplate).
struct ComparedText {
  std::span<const Token> tokens;
  std::span<const TokenRange> boilerplate;
};

/// What a comparison found.
struct Overlap {
  std::uint32_t raw_shared = 0;        ///< distinct shingles in both
  std::uint32_t editorial_shared = 0;  ///< distinct shingles in both, boilerplate in neither
  std::uint32_t covered_first = 0;     ///< editorial tokens of the first that lie in shared text
  std::uint32_t covered_second = 0;
};

/// Scratch of one thread. Not thread-safe; allocates only to grow.
class TextComparer {
 public:
  /// `words`: length of a shingle.
  explicit TextComparer(unsigned words) : words_(words) {}

  /// Makes `first` the text to compare with, which stays the caller's until the next load. Returns its profile.
  TextProfile load(const ComparedText& first);
  [[nodiscard]] Overlap compare(const ComparedText& second);

  /// The stretches of both texts that the last comparison found shared, as ranges of tokens; rising.
  void shared_ranges(const ComparedText& second, std::vector<TokenRange>& of_first, std::vector<TokenRange>& of_second);

 private:
  struct Entry {  // a distinct shingle of the first text
    std::uint64_t shingle;
    std::uint32_t seen;     // the comparison that met it last
    std::uint32_t covered;  // the comparison that met it last, both times as editorial text
    bool is_editorial;      // somewhere in the first text
  };
  struct Position {  // of a shingle in the first text
    std::uint32_t entry;
    std::uint32_t token;
    std::uint32_t count;
    bool is_editorial;
  };

  void reserve(std::size_t shingles);
  void next_mark();
  std::uint32_t insert(std::uint64_t shingle);
  Entry* find(std::uint64_t shingle);
  template <typename Cover>
  void cover_first(Cover&& cover) const;
  template <typename Cover>
  Overlap stream_second(const ComparedText& second, Cover&& cover);

  unsigned words_;
  std::vector<std::uint32_t> slots_;  // open addressing: 0 is free, else 1 + the number of the entry
  std::vector<Entry> entries_;        // in order of first appearance
  std::vector<Position> positions_;
  std::size_t mask_ = 0;
  std::uint32_t mark_ = 0;
};

}  // namespace wirecopy
