#include "boilerplate/title_overlap.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

std::vector<std::uint64_t> title_words(const Corpus& corpus, ArticleId article) {
  std::vector<std::uint64_t> words;
  if (corpus.record(article).title_tokens == 0) return words;
  shingle(corpus.tokens(article).first(corpus.record(article).title_tokens), 1, words);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace

double title_overlap(const Corpus& corpus, ArticleId a, ArticleId b) {
  const std::vector<std::uint64_t> x = title_words(corpus, a), y = title_words(corpus, b);
  const std::size_t shorter = std::min(x.size(), y.size());
  if (shorter == 0) return 0;
  std::vector<std::uint64_t> both;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(shorter);
}

}  // namespace wirecopy
