// Tells the stories of a small source apart by their titles and leads.
//
// Problem. Where a source has few articles in the feed, its footers, related links and paywall pages are in too few of
// them to be common by count, so what two articles share says "one story" of any two. Their titles do not settle it as
// they are: most end in the outlet's name, and an update has words of the story that its old title had only in its
// lead.
//
// Idea. First, what many titles of the source begin or end with names the outlet, and is cut off. Titles half of whose
// words are the same then name one story. So do a title and the title or lead of another article that repeats what is
// rare in it: words of many titles are dropped, and words of many leads weigh little (inverse document frequency,
// Spärck Jones 1972, over the source's own articles, as nothing else is available in batch and stream alike).
//
// Limit. Updates of one story whose titles have nothing in common look like paywall pages, and are told apart from them
// only while nearly all of their text is the same.
//
// Cost. O(articles * titles + leads) a source, once it is asked about a pair, and O(a title) a pair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "corpus/corpus.hpp"

namespace wirecopy {

struct TitleRule {
  /// Tokens at the beginning of a text that are its lead.
  std::size_t lead = 80;
  /// What is in this share of the source's titles, and in `frequent_titles` of them, names no story.
  double frequent_share = 0.3;
  std::size_t frequent_titles = 3;
  /// Tokens of an outlet's name at one end of a title, at most.
  std::size_t affix = 32;
  /// Two articles are one story if this share of the shorter title's words is in the other title...
  double alike = 0.5;
  /// ...or this weighted share of a title's rare words is in the other article's title or lead.
  double kinship = 0.34;
};

/// Scratch of one thread.
class SmallSource {
 public:
  SmallSource(const Corpus& corpus, const TitleRule& rule) : corpus_(corpus), rule_(rule) {}

  /// Makes `articles` the source's, until the next call. Below, articles are positions among them.
  void start(std::span<const ArticleId> articles);
  /// Whether titles and leads say that two articles tell one story. Symmetric.
  [[nodiscard]] bool are_kin(std::uint32_t a, std::uint32_t b) {
    return title_overlap(a, b) >= rule_.alike || title_kinship(a, b) >= rule_.kinship;
  }
  /// Share of the shorter title's words that are in the other title, without what titles of the source begin or end
  /// with; 0 where one has no words.
  [[nodiscard]] double title_overlap(std::uint32_t a, std::uint32_t b);
  /// The weighted share of one title's rare words that are in the other article's title or lead, the greater of the two
  /// shares; 0 where neither title has a rare word.
  [[nodiscard]] double title_kinship(std::uint32_t a, std::uint32_t b);

 private:
  struct Words {
    std::vector<std::uint64_t> title;  // without the outlet's name; ascending and distinct, as all of these are
    std::vector<std::uint64_t> rare;   // of the title, those that are in few titles
    std::vector<std::uint64_t> all;    // of title and lead
  };
  struct Weight {
    std::uint64_t word;
    std::int64_t weight;
  };

  void prepare();
  void cut_affixes();
  void read();
  void drop_frequent_words();
  void weigh();
  [[nodiscard]] double share_in(const Words& titled, const Words& other) const;
  /// In how many titles something must be to name no story.
  [[nodiscard]] std::size_t least_titles() const;
  [[nodiscard]] std::int64_t weight_of(std::uint64_t word) const;

  const Corpus& corpus_;
  TitleRule rule_;
  bool is_read_ = false;
  std::span<const ArticleId> articles_;
  std::vector<std::span<const Token>> titles_;  // without the outlet's name
  std::vector<Words> words_;
  std::vector<Weight> weights_;  // by ascending word
};

}  // namespace wirecopy
