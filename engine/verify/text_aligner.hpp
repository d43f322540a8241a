// Local alignments: how much of a text was reworded into another.
//
// Problem. Coverage by shared shingles falls fast when a copy is reworded: one word replaced in every four leaves no
// run of three words, though a reader sees the same sentences. Below a middling coverage it cannot tell a reworded copy
// from two reports that quote the same statement.
//
// Idea. Align the texts locally (Smith and Waterman 1981): an equal word scores 1, a replaced one or one left out -1.
// An alignment counts from a score of 4, and every token is used once, best alignment first. The share of a text that
// lies in alignments, replaced words included, grows with rewording that keeps its sentences, and not with scattered
// phrases.
//
// How. The full matrix costs the product of the lengths; runs of shared shingles, which the comparer has found already,
// show where alignments are. Each run, longest first, is extended to both sides within a band of four tokens beside its
// diagonal, until the score has fallen by more than three words below its best, or 16 tokens brought no better one
// (seed and extend with an X-drop: Altschul et al. 1990, 1997). On labelled pairs that gives the F1 of the full matrix.
// Words are counted in quarters (see text/shingler.hpp), so that an ideograph scores half of a word. Boilerplate is
// never part of an alignment.
//
// Symmetry. The text with fewer tokens, or of two with as many the one that comes first by its tokens, is always the
// first one inside. So the result does not depend on which text was loaded.
//
// Cost. O(tokens in alignments + runs), beside sorting the runs and marking the boilerplate of the second text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "text/token.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

/// A passage that two texts share word for word: `tokens` tokens from `first` on in the one, from `second` on in the
/// other.
struct SharedRun {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::uint32_t tokens = 0;
  friend bool operator==(const SharedRun&, const SharedRun&) = default;
};

/// Editorial text in alignments, in quarters of a word.
struct Alignment {
  std::uint32_t of_first = 0;
  std::uint32_t of_second = 0;
  friend bool operator==(const Alignment&, const Alignment&) = default;
};

/// Scratch of one thread. Not thread-safe; allocates only to grow.
class TextAligner {
 public:
  /// Makes `first` the text to align with, until the next call; its views stay the caller's. O(its boilerplate).
  void load(const ComparedText& first);
  /// Aligns the loaded text and `second` along the passages that they share, which may overlap and are reordered.
  /// Passages of less than `min_quarters` quarters of a word, after what a better alignment uses, are left out.
  [[nodiscard]] Alignment align(const ComparedText& second, std::span<SharedRun> runs, std::uint32_t min_quarters);

 private:
  /// One of the two texts: its tokens, and a bit for each that an alignment may not take.
  struct Side {
    std::span<const Token> tokens;
    std::vector<TokenRange> boilerplate;
    std::vector<std::uint64_t> taken;

    void load(const ComparedText& text);
    void set(std::uint32_t begin, std::uint32_t end, bool value);
    [[nodiscard]] bool is_free(std::uint32_t position) const {
      return (taken[position / 64] >> (position % 64) & 1) == 0;
    }
    /// Tokens that may be taken from a position on, or before it.
    [[nodiscard]] std::uint32_t free_after(std::uint32_t position) const;
    [[nodiscard]] std::uint32_t free_before(std::uint32_t position) const;
    [[nodiscard]] std::uint32_t quarters(std::uint32_t begin, std::uint32_t end) const;
  };
  struct Extension {
    std::int32_t a = 0;  // tokens taken of each text
    std::int32_t b = 0;
    std::int32_t score = 0;
  };

  template <int kStep>
  [[nodiscard]] static Extension extend(const Side& a, std::uint32_t at_a, const Side& b, std::uint32_t at_b);
  void align_run(Side& a, Side& b, SharedRun run, std::uint32_t min_quarters);

  Side loaded_, other_;
  std::vector<std::pair<TokenRange, TokenRange>> aligned_;  // of a and b
};

}  // namespace wirecopy
