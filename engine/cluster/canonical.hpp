// Which of several copies is kept before the others.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>
#include <wirecopy/options.hpp>

#include "corpus/corpus.hpp"

namespace wirecopy {

/// A total order of articles: the most preferred first. Only Keep::first looks at the order of the feed; all others
/// decide by content, date and id, and turn to the place in the feed only between articles that agree in all of these.
/// Immutable, so any number of threads may share it.
class Preference {
 public:
  Preference(const Corpus& corpus, const Options& options);

  [[nodiscard]] bool operator()(ArticleId a, ArticleId b) const;

 private:
  [[nodiscard]] bool is_fuller(ArticleId a, ArticleId b) const;

  const Corpus& corpus_;
  Keep keep_;
  std::vector<std::uint32_t> source_rank_;  // by source number; only for Keep::source_order
};

}  // namespace wirecopy
