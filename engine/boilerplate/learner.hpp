// Learns what a source repeats: text that recurs across unrelated articles carries no news.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "base/repeat_filter.hpp"
#include "boilerplate/count_table.hpp"
#include "boilerplate/small_source.hpp"
#include "boilerplate/versions.hpp"
#include "corpus/corpus.hpp"

namespace wirecopy {

/// What counts as boilerplate. The rule is a rate with a least count, over a sample of bounded size, so that it acts
/// alike on a source of ten and of a million articles.
struct BoilerplateRule {
  /// Articles looked at in a source: an IdentitySample.
  std::size_t sample = 512;
  /// A shingle is boilerplate if at least this many different stories of the sample hold it, 2 or more...
  unsigned least_stories = 4;
  /// ...and at least this share of the sample's stories.
  double least_share = 0.01;
  /// For telling stories apart: shingles of this many articles or more say nothing about kinship.
  unsigned common_articles = 10;
  /// Two articles are one story if they share this much of the shorter one's other shingles...
  double kinship = 0.4;
  /// ...and, in a small source, whose footers are not common by count, also a title (see small_source.hpp), or nearly
  /// all of the text, `near_kinship`. In larger ones, where stubs are concerned, this share of a title's words.
  double title_kinship = 0.34;
  double near_kinship = 0.95;
  /// A source is small if less than twice `common_articles` are sampled. There so many stories make boilerplate.
  unsigned least_stories_of_small = 3;
  TitleRule title;
  /// Equal texts under this many titles that have little in common (less than `title_kinship`) are stubs: each is a
  /// story of its own.
  std::size_t stubs = 4;
  /// Versions of one story, which are one story however many there are (see versions.hpp).
  VersionRule version;
};

/// Scratch of one thread.
class BoilerplateLearner {
 public:
  /// `words`: length of a shingle; `with_title`: as the articles were sampled (Options::title).
  BoilerplateLearner(const Corpus& corpus, unsigned words, const BoilerplateRule& rule, bool with_title = false)
      : corpus_(corpus),
        words_(words),
        rule_(rule),
        with_title_(with_title),
        versions_(corpus, words, rule.version, with_title),
        small_source_(corpus, rule.title) {}

  /// The boilerplate shingles of one source, in ascending order. `articles` are those to look at (see
  /// BoilerplateRule::sample), one of each group of equal articles; their order does not matter. Linear in their
  /// tokens, apart from small sorts.
  [[nodiscard]] std::vector<std::uint64_t> learn(std::span<const ArticleId> articles);
  /// Whether anything may be learned from so many articles.
  [[nodiscard]] static bool is_enough(std::size_t articles, const BoilerplateRule& rule) {
    return articles >= std::min(rule.least_stories, rule.least_stories_of_small);
  }

 private:
  void count_samples(std::span<const ArticleId> articles);
  void gather_repeated(std::span<const ArticleId> articles);
  void gather_suspects(std::span<const ArticleId> articles, std::uint32_t least);
  void gather_near_suspects(ArticleId article, std::uint32_t i, std::uint32_t least);
  [[nodiscard]] std::span<const RepeatedSample> repeated_samples(std::uint32_t i) const {
    return std::span(repeated_samples_).subspan(repeated_begins_[i], repeated_begins_[i + 1] - repeated_begins_[i]);
  }
  [[nodiscard]] std::vector<std::uint32_t> find_stories(std::span<const ArticleId> articles);
  void count_rare_samples(std::span<const ArticleId> articles);
  void list_holders(std::uint32_t articles);
  void find_stubs(std::span<const ArticleId> articles);
  [[nodiscard]] bool are_kin(std::span<const ArticleId> articles, std::uint32_t a, std::uint32_t b,
                             std::uint32_t shared);
  void drop_single_suspects();
  void count_suspects(std::span<const std::uint32_t> stories);
  [[nodiscard]] std::uint32_t least_count(std::size_t total) const;
  [[nodiscard]] bool is_small(std::size_t articles) const { return articles < 2 * std::size_t{rule_.common_articles}; }

  const Corpus& corpus_;
  unsigned words_;
  BoilerplateRule rule_;
  bool with_title_;
  VersionFinder versions_;
  SmallSource small_source_;
  unsigned least_stories_ = 0;  // of the source that is looked at
  // What grows with the texts is in the corpus's memory, as a sample of giants outgrows every other.
  std::pmr::memory_resource* memory_{corpus_.memory()};
  RepeatFilter repeated_{memory_};
  std::pmr::vector<RepeatedSample> repeated_samples_{memory_};  // of all articles, one after the other
  std::vector<std::size_t> repeated_begins_;                    // where each article's begin, and the end
  CountTable samples_{memory_};                                 // repeated samples, by articles
  CountTable suspects_{memory_};                                // shingles near suspicious samples, by stories
  LargeArray<std::uint64_t> shingles_{memory_};
  std::pmr::vector<std::uint32_t> positions_{memory_};         // of an article's samples among its shingles
  std::pmr::vector<std::uint64_t> suspect_shingles_{memory_};  // of all articles, one after the other
  std::vector<std::size_t> suspect_ends_;                      // where each article's end
  std::pmr::vector<std::uint32_t> holders_{memory_};           // articles with each sample that is not single or common
  std::pmr::vector<std::uint32_t> holder_begins_{memory_};     // where each sample's begin, by place, and the end
  std::vector<std::uint32_t> rare_samples_;                    // of each article: sampled shingles that are not common
  std::vector<char> stubs_;                                    // of each article: whether its text is one of equal ones
};

}  // namespace wirecopy
