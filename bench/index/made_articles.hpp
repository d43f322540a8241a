// Articles of about two kilobytes for the index benchmark: three in ten are copies of a recent one, cut or changed, and
// every outlet has a footer. The same number gives the same articles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>
#include <wirecopy/article.hpp>

#include "base/hash.hpp"

namespace wirecopy::bench {

struct MadeArticle {
  std::string id, title, text, source;

  [[nodiscard]] Article view() const {
    Article article;
    article.id = id, article.title = title, article.text = text, article.source = source;
    return article;
  }
};

class ArticleMaker {
 public:
  explicit ArticleMaker(std::uint64_t seed) : random_(seed) {
    for (std::uint32_t i = 0; i < kVocabulary; ++i) vocabulary_.push_back(make_word());
    for (std::uint32_t i = 0; i < kOutlets; ++i) footers_.push_back(words(30));
  }

  MadeArticle next() {
    MadeArticle article;
    article.id = "article-" + std::to_string(number_++);
    article.title = words(8);
    const std::uint32_t outlet = random_.below(kOutlets);
    article.source = "outlet" + std::to_string(outlet) + ".example";
    const bool is_copy = recent_.size() == kRecent && random_.below(10) < 3;
    article.text = is_copy ? changed(recent_[random_.below(kRecent)]) : words(270);
    if (recent_.size() < kRecent) {
      recent_.push_back(article.text);
    } else if (!is_copy) {
      recent_[number_ % kRecent] = article.text;
    }
    article.text += ' ' + footers_[outlet];
    return article;
  }

 private:
  static constexpr std::uint32_t kVocabulary = 30'000, kOutlets = 2'000, kRecent = 5'000;

  std::string make_word() {
    std::string word;
    for (std::uint32_t left = 3 + random_.below(8); left > 0; --left)
      word += static_cast<char>('a' + random_.below(26));
    return word;
  }

  std::string words(std::uint32_t count) {
    std::string text;
    for (; count > 0; --count) text += (text.empty() ? "" : " ") + vocabulary_[random_.below(kVocabulary)];
    return text;
  }

  /// Cut at the end, with a new lead or a passage replaced.
  std::string changed(const std::string& text) {
    const std::size_t size = text.size() / 2 + random_.below(static_cast<std::uint32_t>(text.size() / 2));
    std::string copy = text.substr(0, size);
    if (random_.below(2) == 0) return words(15) + ' ' + copy;
    return copy.replace(size / 3, 60, ' ' + words(8) + ' ');
  }

  RandomStream random_;
  std::vector<std::string> vocabulary_, footers_, recent_;
  std::uint64_t number_ = 0;
};

}  // namespace wirecopy::bench
