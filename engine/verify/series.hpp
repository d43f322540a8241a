// Items of a series: the weather of two towns, two rounds of a league, the pictures of one red carpet. Their texts and
// titles follow one template and differ in what they are about.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "text/token.hpp"

namespace wirecopy {

/// The parts of an article that are examined.
struct TitledText {
  std::span<const Token> title;
  std::span<const Token> text;
};

/// Compares one article with many. Scratch of one thread.
class SeriesTest {
 public:
  /// Makes `first` the article to compare with; its views must outlive the comparisons. Its words are read on
  /// first use: O(its tokens), plus sorting.
  void hold(const TitledText& first);
  /// Whether two titles say of themselves that they are items of a series: at least half of the shorter one's words are
  /// in the other, in the same order, and each has a word that is in its own text but nowhere in the other's title
  /// and text. An update of a story rarely is, because its text keeps what the older title names; nor is a copy
  /// with a headline of its own, which has the same words in another order. In scripts without spaces, runs of
  /// tokens as long as a word are words (see text/shingler.hpp). O(tokens of the second) apart from sorting, little
  /// where titles differ.
  [[nodiscard]] bool are_items(const TitledText& second);

 private:
  struct TitleWord {
    std::uint64_t word;
    std::uint32_t place;  // the first in the title
  };
  struct Words {
    std::vector<TitleWord> title;      // ascending and distinct
    std::vector<std::uint64_t> text;   // ascending and distinct
    std::vector<std::uint64_t> named;  // of the title, those that are in the text
  };

  static void read_title(const TitledText& article, Words& words);
  static void read_text(const TitledText& article, Words& words);
  [[nodiscard]] static const TitleWord* find(const std::vector<TitleWord>& title, std::uint64_t word);
  /// Whether the titles share half of the shorter one's words, in the same order.
  [[nodiscard]] bool share_a_frame();
  /// Whether one article names a word that is nowhere in the other.
  [[nodiscard]] static bool names_something(const Words& own, const Words& other);

  TitledText first_;
  Words of_first_, of_second_;
  bool is_title_read_ = false, is_text_read_ = false;            // of the first
  std::vector<std::pair<std::uint32_t, std::uint32_t>> shared_;  // places of shared words in the second and the first
};

}  // namespace wirecopy
