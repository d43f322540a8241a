// Makes the articles of one outlet, as numbers: footers, sections, stories in several versions.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "reference/made_corpus.hpp"

namespace wirecopy::test {

/// An endless supply of numbers that no one has used: text that nobody shares.
class FreshNumbers {
 public:
  explicit FreshNumbers(int first = 1'000'000) : next_(first) {}

  /// `count` numbers as text.
  std::string operator()(std::size_t count) {
    const int from = next_;
    next_ += static_cast<int>(count);
    return count_up(from, next_);
  }

 private:
  int next_;
};

/// `count` articles: a third ends in the footer of all, a few in that of their section, a few are versions of a story.
inline std::vector<MadeArticle> made_outlet(RandomStream& random, std::size_t count) {
  FreshNumbers fresh;
  const std::string footer = fresh(5 + random.below(40)), section = fresh(5 + random.below(40));
  const std::string story = fresh(40 + random.below(100)), story_title = fresh(5);
  std::vector<MadeArticle> articles;
  for (std::size_t i = 0; i < count; ++i) {
    MadeArticle article{std::to_string(i), fresh(6), fresh(10 + random.below(100))};
    switch (random.below(6)) {
      case 0:
      case 1:
        article.text += footer;
        break;
      case 2:
        article.text = section + article.text;
        break;
      case 3:
        article.text = story + fresh(random.below(60));
        if (random.below(2) == 0) article.title = story_title + fresh(2);
        break;
      default:
        break;
    }
    articles.push_back(std::move(article));
  }
  return articles;
}

inline std::vector<ArticleId> all_articles(const Corpus& corpus) {
  std::vector<ArticleId> all;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) all.push_back(ArticleId{i});
  return all;
}

}  // namespace wirecopy::test
