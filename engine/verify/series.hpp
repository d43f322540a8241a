// Items of a series: the weather of two towns, the next round of a league, one picture after another of the same red
// carpet. Their texts come from one template, and so do their titles; what differs is what they are about.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "text/token.hpp"

namespace wirecopy {

/// What is looked at of an article.
struct TitledText {
  std::span<const Token> title;
  std::span<const Token> text;
};

/// Compares one article with many. Scratch of one thread.
class SeriesTest {
 public:
  /// Makes `first` the article to compare with; its views must outlive the comparisons. Its words are looked up when
  /// they are asked for, once: O(its tokens), apart from sorting.
  void hold(const TitledText& first);
  /// Whether two titles say of themselves that they are items of a series: at least half of the shorter one's words are
  /// in the other, in the same order, and each has a word that stands in its own text but nowhere in the other's title
  /// and text. An update of a story is none as a rule, as its text keeps what the older title names; nor is a copy
  /// under a headline of its own, which puts the same words in another order. In scripts without spaces, runs of
  /// tokens as long as a word are words (see text/shingler.hpp). O(tokens of the second) apart from sorting, little
  /// where titles differ.
  [[nodiscard]] bool are_items(const TitledText& second);

 private:
  struct TitleWord {
    std::uint64_t word;
    std::uint32_t place;  // the first in the title
  };
  struct Words {
    std::vector<TitleWord> title;      // rising and distinct
    std::vector<std::uint64_t> text;   // rising and distinct
    std::vector<std::uint64_t> named;  // of the title, those that stand in the text
  };

  static void read_title(const TitledText& article, Words& words);
  static void read_text(const TitledText& article, Words& words);
  [[nodiscard]] static const TitleWord* find(const std::vector<TitleWord>& title, std::uint64_t word);
  /// Whether the titles share half of the shorter one's words, in the same order.
  [[nodiscard]] bool share_a_frame();
  /// Whether a word that one article names stands in no part of the other.
  [[nodiscard]] static bool names_something(const Words& own, const Words& other);

  TitledText first_;
  Words of_first_, of_second_;
  bool is_title_read_ = false, is_text_read_ = false;            // of the first
  std::vector<std::pair<std::uint32_t, std::uint32_t>> shared_;  // places of shared words in the second and the first
};

}  // namespace wirecopy
