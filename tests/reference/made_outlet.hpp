// Makes the articles of one outlet, as numbers: footers, sections, stories in several versions.
#pragma once

#include <algorithm>
#include <sstream>
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

/// `text` with one number replaced.
inline std::string with_one_replaced(const std::string& text, RandomStream& random, const std::string& by) {
  std::istringstream in(text);
  std::vector<std::string> numbers;
  for (std::string number; in >> number;) numbers.push_back(number);
  numbers[random.below(static_cast<std::uint32_t>(numbers.size()))] = by;
  std::string joined;
  for (const std::string& number : numbers) joined.append(number).append(" ");
  return joined;
}

/// `count` articles: a third ends in the footer of all, a few in that of their section, a few are versions of a story,
/// and in one outlet of two many are versions of another story under one title.
inline std::vector<MadeArticle> made_outlet(RandomStream& random, std::size_t count) {
  FreshNumbers fresh;
  const std::string footer = fresh(5 + random.below(40)), section = fresh(5 + random.below(40));
  const std::string story = fresh(40 + random.below(100)), story_title = fresh(5);
  const std::string live_page = fresh(80 + random.below(100)), live_title = fresh(5);
  const bool has_live_page = random.below(2) == 0;
  std::vector<MadeArticle> articles;
  for (std::size_t i = 0; i < count; ++i) {
    if (has_live_page && random.below(2) == 0) {
      articles.push_back({std::to_string(i), live_title, with_one_replaced(live_page, random, fresh(1))});
      continue;
    }
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
