// Learns what a source repeats: text that recurs across unrelated articles carries no news.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "corpus/corpus.hpp"

namespace wirecopy {

/// What counts as boilerplate. The rule is a rate with a least count, over a sample of bounded size, so that it acts
/// alike on a source of ten and of a million articles.
struct BoilerplateRule {
  /// Articles looked at in a source: those of smallest identity (a hash of content and id).
  std::size_t sample = 512;
  /// A shingle is boilerplate if at least this many different stories of the sample hold it...
  unsigned least_stories = 4;
  /// ...and at least this share of the sample's stories.
  double least_share = 0.01;
  /// For telling stories apart: shingles of this many articles or more say nothing about kinship.
  unsigned common_articles = 10;
  /// Two articles are one story if they share this much of the shorter one's other shingles...
  double kinship = 0.4;
  /// ...and, in a source of less than twice `common_articles`, whose footers are not common by count, also this share
  /// of the shorter title's words (or nearly all of the text, `near_kinship`).
  double title_kinship = 0.34;
  double near_kinship = 0.8;
};

/// Scratch of one thread.
class BoilerplateLearner {
 public:
  /// `words`: length of a shingle.
  BoilerplateLearner(const Corpus& corpus, unsigned words, const BoilerplateRule& rule)
      : corpus_(corpus), words_(words), rule_(rule) {}

  /// The boilerplate shingles of one source, rising. `articles` are those to look at (see choose_sample), one of each
  /// group of equal articles; their order does not matter. Linear in their tokens, apart from small sorts.
  [[nodiscard]] std::vector<std::uint64_t> learn(std::span<const ArticleId> articles);

 private:
  struct Count {
    std::uint64_t shingle = 0;
    std::uint32_t count = 0;
    std::uint32_t last = 0;  // the article or story counted last, plus 1
  };

  void count_articles(std::span<const ArticleId> articles);
  [[nodiscard]] bool has_suspects(std::uint32_t least) const;
  [[nodiscard]] std::vector<std::uint32_t> find_stories(std::span<const ArticleId> articles);
  [[nodiscard]] bool are_kin(std::span<const ArticleId> articles, std::uint32_t a, std::uint32_t b,
                             std::uint32_t shared) const;
  void count_stories(std::span<const ArticleId> articles, std::span<const std::uint32_t> stories);
  [[nodiscard]] std::uint32_t least_count(std::size_t total) const;
  Count& find(std::uint64_t shingle);

  const Corpus& corpus_;
  unsigned words_;
  BoilerplateRule rule_;
  std::vector<Count> table_;
  std::size_t mask_ = 0;
  std::vector<std::uint32_t> rare_samples_;  // of each article: sampled shingles that are not common
};

/// At most `rule.sample` of the articles, those of smallest identity.
void choose_sample(const Corpus& corpus, const BoilerplateRule& rule, std::vector<ArticleId>& articles);

}  // namespace wirecopy
