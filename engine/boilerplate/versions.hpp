// Finds the versions of a story, however many there are.
//
// Problem. A live page is saved every minute: hundreds of articles of one source, a few words apart. Whatever they
// share is common in the source, and what is common says nothing about kinship elsewhere (see learner.cpp): so each
// would be a story of its own, all of their text boilerplate, and none a copy of another.
//
// Idea. Near-equal texts under near-equal titles, within three days of each other or undated, are versions of one story
// in any number. Stubs differ from them by their titles, and a template that is filled every week by its dates.
//
// How. Articles come in order of date, and each is compared with the one before it among the holders of its samples, if
// that one is the one before for a good part of them: neighbours in time are the likeliest versions, and versions of
// versions become one story. Only an article most of whose samples occur elsewhere is examined.
//
// Why it is correct: the text of a version is in its other versions, so the one before it in time is found by most of
// its samples; what else it contains, such as a footer, leads to at most a few more articles. The order depends on
// contents and dates only. Cost: a few comparisons an article, each O(tokens of both).
#pragma once

#include <cstdint>
#include <functional>
#include <memory_resource>
#include <span>
#include <vector>

#include "base/union_find.hpp"
#include "boilerplate/count_table.hpp"
#include "corpus/corpus.hpp"

namespace wirecopy {

/// What counts as a version.
struct VersionRule {
  /// Share of the longer text's distinct shingles that are in both texts, at least.
  double text = 0.8;
  /// The same of the longer title's distinct words.
  double title = 0.8;
  /// Time between two dated versions, at most.
  std::int64_t seconds = std::int64_t{72} * 3600;
};

/// Scratch of one thread.
class VersionFinder {
 public:
  /// `words`: length of a shingle; `with_title`: as the articles were sampled (Options::title).
  VersionFinder(const Corpus& corpus, unsigned words, const VersionRule& rule, bool with_title)
      : corpus_(corpus), words_(words), rule_(rule), with_title_(with_title) {}

  /// The samples of an article that occur in other articles too.
  using Samples = std::function<std::span<const RepeatedSample>(std::uint32_t)>;

  /// Unites the versions among `articles`, which `stories` knows by their place. `places`: of samples.
  void unite(std::span<const ArticleId> articles, const Samples& samples, std::size_t places, UnionFind& stories);

 private:
  static constexpr std::uint32_t kNobody = UINT32_MAX;

  [[nodiscard]] std::vector<std::uint32_t> by_date(std::span<const ArticleId> articles) const;
  void find_neighbours(std::span<const ArticleId> articles, std::uint32_t article,
                       std::span<const RepeatedSample> samples);
  [[nodiscard]] bool are_near_in_time(ArticleId a, ArticleId b) const;
  [[nodiscard]] bool are_versions(ArticleId a, ArticleId b);
  /// Share of the longer text's distinct shingles that are in both.
  [[nodiscard]] double text_similarity(ArticleId a, ArticleId b);

  const Corpus& corpus_;
  unsigned words_;
  VersionRule rule_;
  bool with_title_;
  std::pmr::memory_resource* memory_{corpus_.memory()};
  std::pmr::vector<std::uint32_t> latest_{memory_}, undated_{memory_};  // by place: who came last with this sample
  std::vector<std::uint32_t> neighbours_;
  std::pmr::vector<std::uint64_t> of_a_{memory_}, of_b_{memory_};
};

}  // namespace wirecopy
