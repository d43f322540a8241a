// Exact comparison of texts: one article against many.
//
// Problem. Two copies of a story differ in length, in wrapping and in a word here and there. What distinguishes a
// copy from a piece that shares a quotation is how much of the shorter text's editorial part is in the other.
//
// Idea. Shingles that both texts hold, and that are boilerplate in neither, cover tokens in each; a gap of at most two
// tokens between covered stretches is a word replaced, and counts as covered. The covered share of a text's editorial
// tokens is its containment in the other. Distinct shingles are counted as well, for Jaccard similarities.
//
// How. One text is held for many comparisons: it sets a bit of a filter for each shingle, 32 bits a shingle, and every
// second text is streamed past that: without a branch, the positions that the filter lets through are gathered. They
// are the shared ones and about two in a hundred others, and as coverage only grows with positions, they bound what can
// be covered: five pairs in six are no match, and most of those are refused here, for a few cycles a token. What is
// left is looked up in an open-addressing table of the first text, made when it is needed for the first time. A mark on
// the entry makes a shingle that occurs twice count once. As copies run in parallel, the entry after the last one
// found is tried before the table. An entry knows the position of its shingle in the first text, so the coverage of
// that is found from the entries that were hit, and its text is not walked. Nothing is sorted, nothing kept between
// pairs, and sets exist only where there is a candidate.
//
// Cost. Holding a text: O(its tokens), once. A comparison: O(tokens of the second text and positions of shared shingles
// in the first), so of two texts of very unequal lengths the longer one should be held. A run of one shingle (a word
// repeated many times) counts a 64th of its length. Only a long text that repeats what the second one
// says can have many more such positions than that has tokens; there are at most as many as its own tokens.
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
#include "verify/position_set.hpp"
#include "verify/shingle_list.hpp"
#include "verify/text_aligner.hpp"
#include "verify/text_profile.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

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

  /// The passages that the loaded text and the second one of the last comparison share, boilerplate in neither: maximal
  /// runs of shared shingles through one that occurs once in each text, and what repeated shingles make elsewhere (in
  /// all pairs of their occurrences, or, where these are many, the n-th of one text with the n-th of the other). The
  /// same whichever text is loaded. O(shared positions), plus sorting repeated ones. Valid until the next
  /// comparison.
  [[nodiscard]] std::span<SharedRun> shared_runs();

  /// Appends the stretches of both texts that are shared, as ranges of tokens, in ascending order.
  void shared_ranges(const ComparedText& second, std::vector<TokenRange>& of_first, std::vector<TokenRange>& of_second);

 private:
  static constexpr std::uint32_t kNowhere = UINT32_MAX;

  struct Entry {  // a distinct shingle of the first text
    std::uint64_t shingle;
    std::uint32_t seen;     // the last comparison in which it occurred
    std::uint32_t covered;  // the same as editorial text in both, plus 1 if it occurred more than once
    std::uint32_t place;    // the first position where it is editorial, or kNowhere
    std::uint32_t later;    // 1 + the last of its other places in later_, or 0
  };
  struct SharedShingle {  // that is editorial in both texts
    std::uint32_t entry;
    std::uint32_t position;  // in the second
  };
  struct Run {  // of positions with one shingle
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t before;  // 1 + the run before it in later_, or 0
  };

  TextProfile profile_of(const ComparedText& text, const ShingleList& shingles);
  void set_filter();
  void index();
  void make_room(std::size_t shingles);
  void add_place(Entry& entry, std::uint32_t position);
  void next_mark();
  std::uint32_t find(std::uint64_t shingle) const;
  void gather_hits(const ComparedText& second);
  [[nodiscard]] std::uint32_t most_covered_of_first() const;
  [[nodiscard]] std::uint32_t most_covered_of_second() const;
  template <typename Cover>
  void cover_first(Cover&& cover);
  template <typename Cover>
  Overlap match_hits(const ComparedText& second, Cover&& cover);
  /// What the texts share, except the coverage of the first.
  Overlap compare_second(const ComparedText& second);
  [[nodiscard]] std::uint32_t count_covered_of_first();
  std::size_t add_run(std::size_t at);
  void add_repeated_runs();
  void find_run_ranges();
  void pair_occurrences(std::span<const SharedShingle> of_second);
  void gather_occurrences(const Entry& entry, std::size_t maximum);

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
  std::vector<Run> later_;  // positions of shingles that occur more than once
  std::size_t mask_ = 0;
  std::uint32_t mark_ = 0;

  ShingleList second_shingles_;
  std::vector<std::uint32_t> hits_;  // positions in the second text that pass the filter
  std::uint32_t hit_count_ = 0;
  std::vector<std::uint32_t> covered_;  // entries that the comparison has covered
  std::vector<SharedShingle> shared_;   // what the comparison has covered of the second text, in order of position
  PositionSet places_;                  // of them, in the first text

  std::vector<SharedRun> runs_;
  std::vector<TokenRange> run_ranges_;      // of runs_, in the first text
  std::vector<SharedShingle> often_;        // of shared_, those that are repeated in one of the texts
  std::vector<std::uint32_t> occurrences_;  // of one shingle in the first text
  std::vector<std::uint32_t> later_runs_;   // of it, in later_
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;  // of positions: (first - second) mod 2^32, second

  RepeatFilter repeats_;
  std::vector<std::pair<std::uint64_t, bool>>
      repeated_;  // shingles that may occur twice in a text; whether they are boilerplate
};

}  // namespace wirecopy
