#include "boilerplate/title_overlap.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

std::span<const Token> title_of(const Corpus& corpus, ArticleId article) {
  return corpus.tokens(article).first(corpus.record(article).title_tokens);
}

std::vector<std::uint64_t> words_of(std::span<const Token> title) {
  std::vector<std::uint64_t> words;
  if (title.empty()) return words;
  shingle(title, 1, words);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

/// Words of two titles, distinct.
struct WordCounts {
  std::size_t of_a = 0;
  std::size_t of_b = 0;
  std::size_t shared = 0;
};

WordCounts count_words(std::span<const Token> a, std::span<const Token> b) {
  const std::vector<std::uint64_t> x = words_of(a), y = words_of(b);
  std::vector<std::uint64_t> both;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
  return {x.size(), y.size(), both.size()};
}

}  // namespace

double title_overlap(std::span<const Token> a, std::span<const Token> b) {
  const WordCounts words = count_words(a, b);
  const std::size_t shorter = std::min(words.of_a, words.of_b);
  return shorter == 0 ? 0 : static_cast<double>(words.shared) / static_cast<double>(shorter);
}

double title_overlap(const Corpus& corpus, ArticleId a, ArticleId b) {
  return title_overlap(title_of(corpus, a), title_of(corpus, b));
}

double title_similarity(const Corpus& corpus, ArticleId a, ArticleId b) {
  const WordCounts words = count_words(title_of(corpus, a), title_of(corpus, b));
  const std::size_t longer = std::max(words.of_a, words.of_b);
  return longer == 0 ? 1 : static_cast<double>(words.shared) / static_cast<double>(longer);
}

}  // namespace wirecopy
