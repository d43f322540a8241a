// Feeds with planted copies, as articles in memory and as JSON lines. Words are numbers, so nothing must be escaped.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>
#include <wirecopy/article.hpp>

#include "base/hash.hpp"

namespace wirecopy::test {

struct PlantedArticle {
  std::string id;
  std::string title;
  std::vector<std::string> words;
  std::string source;
  std::int64_t published = 0;
  std::string text;  ///< the words, joined

  [[nodiscard]] Article article() const { return {id, title, text, source, {}, {}, published}; }
  [[nodiscard]] std::string line() const {
    std::string line = R"({"id":")";
    line.append(id).append(R"(","title":")").append(title).append(R"(","text":")").append(text);
    line.append(R"(","source":")").append(source).append(R"(","timestamp":)").append(std::to_string(published));
    return line.append("}\n");
  }
};

inline std::string numbered(std::string name, std::uint64_t number) { return name.append(std::to_string(number)); }

class PlantedFeed {
 public:
  explicit PlantedFeed(std::uint64_t seed) : random_(seed) {}

  /// Words that hardly ever repeat.
  std::vector<std::string> words(std::size_t count) {
    std::vector<std::string> made(count);
    for (std::string& word : made) word = numbered("w", random_.below(1'000'000'000));
    return made;
  }

  /// The words with a run of them replaced, some removed from the end and some inserted at the front.
  std::vector<std::string> edited(std::vector<std::string> text, double max_change) {
    const auto part = [&] { return random_.below(static_cast<std::uint32_t>(max_change * 1000)) / 1000.0; };
    const auto count = [&] { return static_cast<std::size_t>(part() * static_cast<double>(text.size())); };
    text.resize(text.size() - count());
    const std::vector<std::string> other = words(count());
    const std::size_t at = random_.below(static_cast<std::uint32_t>(text.size() - other.size() + 1));
    std::copy(other.begin(), other.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
    const std::vector<std::string> front = words(count());
    text.insert(text.begin(), front.begin(), front.end());
    return text;
  }

  void add(std::vector<std::string> text, std::string title = {}) {
    const std::size_t number = articles.size();
    PlantedArticle article{numbered("a", number), std::move(title), std::move(text), numbered("outlet", number), 0, {}};
    if (article.title.empty()) article.title = numbered("title", number);
    article.published = 1'700'000'000 + random_.below(1'000'000);
    for (const std::string& word : article.words) article.text.append(article.text.empty() ? "" : " ").append(word);
    articles.push_back(std::move(article));
  }

  /// Stories of up to five copies, including equal articles, that are changed by up to `max_change` in each of three
  /// ways, and single articles.
  void add_stories(std::size_t stories, double max_change) {
    for (std::size_t story = 0; story < stories; ++story) {
      const std::vector<std::string> text = words(50 + random_.below(300));
      add(text, numbered("story", story));
      if (random_.below(4) == 0) add(text, numbered("story", story));
      for (std::uint32_t copy = random_.below(5); copy > 0; --copy) add(edited(text, max_change));
      add(words(20 + random_.below(200)));
    }
  }

  [[nodiscard]] std::string lines() const {
    std::string all;
    for (const PlantedArticle& article : articles) all += article.line();
    return all;
  }

  std::vector<PlantedArticle> articles;

 private:
  RandomStream random_;
};

}  // namespace wirecopy::test
