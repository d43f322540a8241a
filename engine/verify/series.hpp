// Items of a series: the weather of two towns, the next round of a league, one picture after another of the same red
// carpet. Their texts come from one template, and so do their titles; what differs is what they are about.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/token.hpp"

namespace wirecopy {

/// What is looked at of an article.
struct TitledText {
  std::span<const Token> title;
  std::span<const Token> text;
};

/// Scratch of one thread.
class SeriesTest {
 public:
  /// Whether two titles say of themselves that they are items of a series: at least half of the shorter one's words are
  /// in the other, in the same order, and each has a word that stands in its own text but nowhere in the other's title
  /// and text. An update of a story is none as a rule, as its text keeps what the older title names; nor is a copy
  /// under a headline of its own, which puts the same words in another order. In scripts without spaces, runs of
  /// tokens as long as a word are words (see text/shingler.hpp). O(tokens of both), little where titles differ.
  [[nodiscard]] bool are_items(const TitledText& a, const TitledText& b);

 private:
  /// Whether a word of `own` title alone stands in its own text, and in no part of the other article.
  [[nodiscard]] bool names_something(const std::vector<std::uint64_t>& own, const std::vector<std::uint64_t>& other,
                                     std::span<const Token> own_text, std::span<const Token> other_text);

  std::vector<std::uint64_t> first_, second_;       // words of the titles, rising and distinct
  std::vector<std::uint64_t> frame_, other_frame_;  // what the titles share, in the order of each
  std::vector<std::uint64_t> names_;
};

}  // namespace wirecopy
