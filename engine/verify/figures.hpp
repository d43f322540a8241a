// Whether two texts tell the same figures.
//
// Problem. The weather, a market's closing, the results of a quarter: one outlet's template with other facts. The
// wording is the same, so the texts agree as copies do. In a reworded copy the facts are the same, and the wording
// differs.
//
// Idea. Figures are facts that can be compared in any language. Of two articles of one outlet, those of the text that
// has fewer of them are looked for in the other one. A copy, an excerpt or an update has nearly all of them: a toll
// that rises from 12 to 14 is one figure among many. In a template they differ.
//
// Measured: among the pairs of one outlet that the labelled feeds link and that have four figures or more, all 42
// copies share two thirds of them or more (all but one at least 80 %). Of 6,000 pairs that are linked in a feed of one
// agency of 1987, 4,000 share less, nearly all of them templates. Articles of two outlets are not judged by their
// figures: a copy may end in another outlet's list of links, and figures are written in many ways ("1.5m", "1,5
// million").
//
// Cost. O(tokens of the second text), and sorting its figures.
#pragma once

#include <cstdint>
#include <vector>

#include "verify/token_ranges.hpp"

namespace wirecopy {

/// Two articles of one outlet tell other facts if less than this share of the figures of the text that has fewer are in
/// the other one...
inline constexpr double kSharedFigures = 2.0 / 3;
/// ...and at least so many of them are not. An update changes one.
inline constexpr std::uint32_t kMissingFigures = 2;
/// Texts of any length are items of a series if their titles are (verify/series.hpp) and so many figures are missing
/// and less than this share of them is shared.
inline constexpr double kSharedFiguresOfASeries = 0.9;

struct SharedFigures {
  std::uint32_t shared = 0;
  std::uint32_t fewer = 0;  ///< figures of the text that has fewer

  [[nodiscard]] std::uint32_t missing() const { return fewer - shared; }
  [[nodiscard]] bool are_below(double share) const {
    return missing() >= kMissingFigures && static_cast<double>(shared) < share * static_cast<double>(fewer);
  }
};

/// Compares one text with many. Scratch of one thread.
class FigureTest {
 public:
  /// Makes `first` the text to compare with; it must outlive the comparisons.
  void hold(const ComparedText& first);
  /// Counts the editorial figures that both texts have, each as often as in both.
  [[nodiscard]] SharedFigures compare(const ComparedText& second);

 private:
  ComparedText first_;
  bool is_read_ = false;  // the first
  std::vector<Token> of_first_, of_second_;
};

}  // namespace wirecopy
