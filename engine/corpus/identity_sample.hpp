// A sample of articles that depends on their content alone: those with the smallest identity, a hash of content and id.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "corpus/corpus.hpp"

namespace wirecopy {

/// Keeps the articles with the smallest identity of all that are shown, in memory for twice as many. Showing articles
/// in order reads a corpus sequentially, which matters if it does not fit into memory.
class IdentitySample {
 public:
  /// `size`: the number of articles to keep, at least 1.
  explicit IdentitySample(std::size_t size) : size_(size) {}

  /// O(1) on average.
  void show(const Corpus& corpus, ArticleId article) {
    const std::uint64_t identity = corpus.record(article).identity;
    if (identity > largest_) return;
    kept_.emplace_back(identity, article);
    if (kept_.size() >= 2 * size_) cut();
  }

  [[nodiscard]] bool empty() const { return kept_.empty(); }

  /// Returns the articles, ordered by identity, and clears the sample.
  [[nodiscard]] std::vector<ArticleId> take() {
    std::sort(kept_.begin(), kept_.end());
    kept_.resize(std::min(kept_.size(), size_));
    std::vector<ArticleId> articles;
    articles.reserve(kept_.size());
    for (const auto& [identity, article] : std::exchange(kept_, {})) articles.push_back(article);
    return articles;
  }

 private:
  void cut() {
    std::nth_element(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(size_ - 1), kept_.end());
    kept_.resize(size_);
    largest_ = kept_.back().first;
  }

  std::size_t size_;
  std::uint64_t largest_ = UINT64_MAX;  // articles with a larger identity are not in the sample
  std::vector<std::pair<std::uint64_t, ArticleId>> kept_;
};

}  // namespace wirecopy
