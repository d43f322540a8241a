// Exact comparison of texts: one article against many.
//
// Problem. Two copies of a story differ in length, in wrapping and in a word here and there. What tells a copy from a
// piece that shares a quotation is how much of the shorter text's own, editorial part stands in the other.
//
// Idea. Shingles that both texts hold, and that are boilerplate in neither, cover tokens in each; a gap of at most two
// tokens between covered stretches is a word replaced, and counts as covered. The covered share of a text's editorial
// tokens is its containment in the other. Distinct shingles are counted as well, for Jaccard similarities.
//
// How. Candidates come sorted by their first article, and five in six of them are no match. So the first text sets a
// bit of a filter for each shingle, 32 bits a shingle, and every second text is streamed past that: without a branch,
// the positions that the filter lets through are gathered. They are the shared ones and about two in a hundred others,
// and as coverage only grows with positions, they bound what can be covered: most pairs are refused here, for a few
// cycles a token. What is left is looked up in an open-addressing table of the first text, made when it is needed for
// the first time. A mark on the entry makes a shingle that occurs twice count once. As copies run in parallel, the
// entry behind the last one found is tried before the table. Then the first text is walked in order, for its own
// coverage. Nothing is sorted, nothing kept between pairs, and sets exist only where there is a candidate. O(tokens of
// both).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>
#include <wirecopy/match.hpp>

#include "base/kernel.hpp"
#include "base/repeat_filter.hpp"
#include "text/token.hpp"
#include "verify/shingle_list.hpp"
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
  explicit TextComparer(unsigned words, Kernel kernel = best_kernel()) : words_(words), kernel_(kernel) {}

  /// Makes `first` the text to compare with, which stays the caller's until the next load. Returns its profile.
  TextProfile load(const ComparedText& first);
  /// The same without the profile, which takes longer.
  void hold(const ComparedText& first);
  /// The profile of any text; the one that is held stays.
  [[nodiscard]] TextProfile measure(const ComparedText& text);
  [[nodiscard]] Overlap compare(const ComparedText& second);
  /// The same, or nothing if it is certain that neither text has so many covered tokens.
  [[nodiscard]] std::optional<Overlap> compare_if(const ComparedText& second, double least_of_first,
                                                  double least_of_second);

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
    bool is_editorial;
  };

  TextProfile profile_of(const ComparedText& text, const ShingleList& shingles);
  void set_filter();
  void index();
  void make_room(std::size_t shingles);
  void next_mark();
  std::uint32_t find(std::uint64_t shingle) const;
  void gather_hits(const ComparedText& second);
  [[nodiscard]] std::uint32_t most_covered_of_first() const;
  [[nodiscard]] std::uint32_t most_covered_of_second() const;
  template <typename Cover>
  void cover_first(Cover&& cover) const;
  template <typename Cover>
  Overlap match_hits(const ComparedText& second, Cover&& cover);
  Overlap compare_hits(const ComparedText& second);

  unsigned words_;
  Kernel kernel_;

  ComparedText first_;
  ShingleList first_shingles_;
  std::vector<std::uint64_t> filter_;  // a bit for each shingle of the first text
  std::size_t filter_mask_ = 0;
  std::uint32_t repetitions_ = 0;  // positions of the first text whose bit was set already: at least all repeated ones

  bool is_indexed_ = false;
  std::vector<std::uint32_t> slots_;  // open addressing: 0 is free, else 1 + the number of the entry
  std::vector<Entry> entries_;        // in order of first appearance
  std::uint32_t entry_count_ = 0;
  std::vector<Position> positions_;
  std::size_t mask_ = 0;
  std::uint32_t mark_ = 0;

  ShingleList second_shingles_;
  std::vector<std::uint32_t> hits_;  // positions in the second text that pass the filter
  std::uint32_t hit_count_ = 0;

  RepeatFilter repeats_;
  std::vector<std::pair<std::uint64_t, bool>>
      repeated_;  // shingles of a text that may stand in it twice; if boilerplate
};

}  // namespace wirecopy
