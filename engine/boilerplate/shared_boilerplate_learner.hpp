// Learns shared boilerplate: passages that unrelated stories of many sources share, such as rights notices, an agency's
// disclaimer, the footer of a publishing group. A source with a handful of articles shows too little of its own; all
// sources together do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "boilerplate/count_table.hpp"
#include "corpus/corpus.hpp"

namespace wirecopy {

/// What counts as shared boilerplate.
struct SharedBoilerplateRule {
  /// Articles looked at in the whole feed, at most: half of it at least, where there are so many.
  std::size_t sample = 1U << 13;
  /// Articles with fewer tokens of text say too little to tell what story they are.
  std::uint32_t least_tokens = 30;
  /// Length of the passages that are counted, in words: long enough to be no idiom.
  unsigned words = 8;
  /// A passage is shared boilerplate if it occurs in at least this many different stories of the sample...
  std::uint32_t least_stories = 8;
  /// ...of this many sources...
  std::uint32_t least_sources = 5;
  /// ...and if this share of the articles that hold it are stories of their own: a story that 500 outlets run may fall
  /// apart into a few by mistake.
  double least_share = 0.15;
  /// Two articles are one story if they share this much of the shorter one's shingles...
  double kinship = 0.6;
  /// ...or this much, and at least this share of the shorter title's words.
  double kinship_with_title = 0.3;
  double title_kinship = 0.34;
  /// ...or if, of the rare words outside what many articles share, the one with fewer has this share in common with the
  /// other: they are about the same. A word is rare that occurs less than this often an article.
  double topic_kinship = 0.2;
  double rare_words = 0.01;
};

/// The articles to look at, in order of identity: those whose identity begins with so many zero bits that they are no
/// more than `rule.sample`. So another article of the feed changes nothing of the sample but by its own place in it,
/// until their number has doubled. O(articles).
[[nodiscard]] std::vector<ArticleId> choose_shared_sample(const Corpus& corpus, const SharedBoilerplateRule& rule,
                                                          std::span<const ArticleId> articles);

/// Scratch of one thread.
class SharedBoilerplateLearner {
 public:
  /// `words`: length of a shingle; `with_title`: as the articles were sampled (Options::title).
  SharedBoilerplateLearner(const Corpus& corpus, unsigned words, const SharedBoilerplateRule& rule,
                           bool with_title = false)
      : corpus_(corpus), words_(words), rule_(rule), with_title_(with_title) {}

  /// The shingles of all such passages, in ascending order. `articles` come in order of identity (see
  /// choose_shared_sample), one of each group of equal articles. Linear in their tokens, apart from small sorts.
  [[nodiscard]] std::vector<std::uint64_t> learn(std::span<const ArticleId> articles);

 private:
  /// An article that may contain shared boilerplate; numbered in order of identity.
  using Holder = std::uint32_t;
  struct Passage {
    std::uint64_t hash;
    Holder holder;
    std::uint32_t token;  // where it begins in what of the holder is compared
    std::uint32_t tokens;
  };

  using Counts = std::pmr::vector<std::uint8_t>;

  struct Region {  // of shingles
    std::size_t begin;
    std::size_t end;
  };

  [[nodiscard]] std::span<const Token> compared_tokens(ArticleId article) const {
    return corpus_.compared_tokens(article, with_title_);
  }
  /// An article's sample, if it says enough. Those of the articles after it are prefetched.
  [[nodiscard]] std::span<const std::uint64_t> sample_of(std::span<const ArticleId> articles, std::size_t i) const;
  void count_samples(std::span<const ArticleId> articles);
  void count_pairs(std::span<const ArticleId> articles);
  void find_holders(std::span<const ArticleId> articles);
  [[nodiscard]] std::uint8_t articles_with(std::uint64_t sample) const;
  [[nodiscard]] bool may_be_frequent(std::uint64_t first, std::uint64_t second) const;
  [[nodiscard]] bool is_frequent(std::uint64_t first, std::uint64_t second) const;
  [[nodiscard]] bool is_flood(std::uint64_t sample) const;
  void gather_passages();
  void gather_passages_of(Holder holder);
  void find_regions(ArticleId article);
  void add_region(std::size_t first, std::size_t last);
  void drop_rare_passages();
  void count_words(std::span<const ArticleId> articles);
  void find_stories();
  void append_samples(Holder holder);
  void append_topic(Holder holder, std::span<const Passage> passages);
  void find_neighbours(Holder holder);
  [[nodiscard]] double exact_overlap(Holder a, Holder b) const;
  [[nodiscard]] bool are_kin(Holder a, Holder latest) const;
  [[nodiscard]] bool is_shared(std::span<const Passage> passages);

  const Corpus& corpus_;
  unsigned words_;
  SharedBoilerplateRule rule_;
  bool with_title_;
  // What grows with the texts is in the corpus's memory, as a sample of giants outgrows every other.
  std::pmr::memory_resource* memory_{corpus_.memory()};
  Counts sample_counts_{memory_};  // articles with a sample, by some of its bits; full counts stay full
  Counts counts_{memory_};         // the same of pairs of samples, then passages, then words
  std::vector<ArticleId> holders_;
  std::pmr::vector<std::uint64_t> samples_{memory_};  // of each holder, distinct, one after the other
  std::vector<std::size_t> sample_ends_;
  std::pmr::vector<std::uint64_t> topics_{memory_};  // of each holder: its rare words outside passages, distinct
  std::vector<std::size_t> topic_ends_;
  CountTable latest_samples_{memory_}, latest_topic_{memory_};  // of the holder that came last
  CountTable holders_by_sample_{memory_};                       // the holder that came last with each sample
  std::vector<Holder> neighbours_;                              // of the holder that came last; some may come twice
  double most_of_rare_word_ = 0;
  std::vector<std::uint32_t> stories_;  // by holder
  LargeArray<std::uint64_t> shingles_{memory_};
  std::vector<Region> regions_;                  // of one article, in ascending order
  std::pmr::vector<Passage> passages_{memory_};  // in order of holders, later of hashes
  std::vector<std::uint32_t> distinct_;
};

}  // namespace wirecopy
