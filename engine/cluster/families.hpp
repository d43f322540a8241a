// Families: articles of one outlet that have a block in common, but not the news.
//
// Problem. A page that is scraped together with what it links to, a gallery, a list of stories of the day: such a block
// returns under one story after another, in too few of the outlet's articles to be boilerplate by rate, and it may be
// nearly all of each text. Then any two of them match, and neither of the two tells that it is not the news.
//
// Idea. Their company tells. An outlet that publishes a story again keeps some words of its title, or changes them
// once. Three articles of one outlet in one component whose titles have nothing in common are three stories with a
// block, so those of them with unlike titles do not count as matches. Where all titles share a word (the name of who is
// interviewed), it is one story told in parts; and
// where an article of another outlet matches two of them, what they share is news.
//
// Measured on labelled feeds (bench/HISTORY.md, "Families"): on the labelled day, all but one of the pairs that were
// labelled in such company are not copies; the one that is shares a name in all titles.
//
// Cost. O(n) for n articles of one outlet in a component: titles are compared with those of a sample.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "text/token.hpp"

namespace wirecopy {

/// The distinct words of a title, as hashes of 16 bits; of a longer title those with the smallest hashes. Small enough
/// to be kept with every text of an index.
class TitleWords {
 public:
  static constexpr std::size_t kMaxWords = 20;

  TitleWords() = default;
  explicit TitleWords(std::span<const Token> title);
  /// As words() returned them.
  static TitleWords of(std::span<const std::uint16_t> words);

  [[nodiscard]] std::span<const std::uint16_t> words() const { return std::span(words_).first(count_); }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  /// The share of the shorter title's words that are in the other one; an estimate for long titles. 0 if one is empty.
  [[nodiscard]] double overlap(const TitleWords& other) const;
  /// The same of the longer title.
  [[nodiscard]] double similarity(const TitleWords& other) const;

  friend bool operator==(const TitleWords&, const TitleWords&) = default;

 private:
  struct Common {
    double shared, shorter, longer;  // numbers of words
  };
  [[nodiscard]] Common common(const TitleWords& other) const;

  std::array<std::uint16_t, kMaxWords> words_{};  // ascending
  std::uint8_t count_ = 0;
};

struct FamilyRule {
  /// Titles with this share of words in common (of the shorter one) are of one story.
  double shared_title = 0.34;
  /// In a family, only titles with this share of words in common (of the longer one) are of one story: a template's
  /// titles ("Trading halt - ABC") are alike, too.
  double same_title = 0.9;
  /// Stories of one outlet that make a family.
  std::size_t least_stories = 3;
  /// Titles of one outlet that all its others in the component are compared with.
  std::size_t sample = 64;
};

/// What is known of a node of a component.
struct FamilyMember {
  std::uint32_t source = 0;
  TitleWords title;  ///< empty: there is no title, or no source, and it is in no family
};

struct NodePair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// The families of one component. Nodes are in order of content, so that nothing depends on the order of arrival.
class Families {
 public:
  Families() = default;
  Families(std::span<const FamilyMember> nodes, std::span<const NodePair> matches, const FamilyRule& rule = {});

  /// Whether two nodes are of one family and have unlike titles.
  [[nodiscard]] bool are_apart(std::uint32_t a, std::uint32_t b) const {
    return !stories_.empty() && stories_[a].family != 0 && stories_[a].family == stories_[b].family &&
           stories_[a].story != stories_[b].story;
  }
  [[nodiscard]] bool empty() const { return stories_.empty(); }

 private:
  struct Place {
    std::uint32_t family = 0;  // 0: none
    std::uint32_t story = 0;   // within the family
  };
  void find_family(std::span<const FamilyMember> nodes, std::span<const std::uint32_t> of_source,
                   const FamilyRule& rule);
  void dissolve_news(std::span<const FamilyMember> nodes, std::span<const NodePair> matches);

  std::vector<Place> stories_;  // by node; empty if there is no family
  std::uint32_t families_ = 0;
};

}  // namespace wirecopy
