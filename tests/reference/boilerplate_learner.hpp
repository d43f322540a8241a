// Learning boilerplate by maps and sets: every shingle counted, every pair of articles compared.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "boilerplate/learner.hpp"
#include "text/shingler.hpp"

namespace wirecopy::reference {

class BoilerplateLearner {
 public:
  BoilerplateLearner(const Corpus& corpus, unsigned words, const BoilerplateRule& rule)
      : corpus_(corpus), words_(words), rule_(rule) {}

  /// For corpora whose samples are all shingles.
  std::vector<std::uint64_t> learn(std::span<const ArticleId> articles) const {
    std::map<std::uint64_t, std::set<std::size_t>> holders;
    for (std::size_t i = 0; i < articles.size(); ++i) {
      for (const std::uint64_t shingle : shingles(articles[i])) holders[shingle].insert(i);
    }
    is_small_ = articles.size() < std::size_t{2} * rule_.common_articles;
    const std::vector<std::size_t> story = stories(articles, holders);
    const std::size_t count = std::set<std::size_t>(story.begin(), story.end()).size();
    std::vector<std::uint64_t> learned;
    for (const auto& [shingle, holding] : holders) {
      std::set<std::size_t> telling;
      for (const std::size_t i : holding) telling.insert(story[i]);
      if (telling.size() >= least(count)) learned.push_back(shingle);
    }
    return articles.size() < least_stories() ? std::vector<std::uint64_t>{} : learned;
  }

 private:
  using Holders = std::map<std::uint64_t, std::set<std::size_t>>;

  std::vector<std::uint64_t> shingles(ArticleId article) const {
    std::vector<std::uint64_t> all;
    shingle(corpus_.text_tokens(article), words_, all);
    return all;
  }

  std::size_t least(std::size_t stories) const {
    const double share = std::ceil(rule_.least_share * static_cast<double>(stories));
    return std::max<std::size_t>(least_stories(), static_cast<std::size_t>(share));
  }

  std::size_t least_stories() const { return is_small_ ? rule_.least_stories_of_small : rule_.least_stories; }

  using WordSet = std::set<Token>;

  std::vector<Token> title_tokens(ArticleId article) const {
    const auto tokens = corpus_.tokens(article).first(corpus_.record(article).title_tokens);
    return {tokens.begin(), tokens.end()};
  }

  bool is_frequent(std::size_t titles, std::size_t articles) const {
    return titles >= rule_.title.frequent_titles && double(titles) >= rule_.title.frequent_share * double(articles);
  }

  /// Takes the longest beginning away that enough titles have, unless it is more than half of the title.
  std::vector<std::vector<Token>> cut(const std::vector<std::vector<Token>>& titles) const {
    std::vector<std::vector<Token>> rest;
    for (const std::vector<Token>& title : titles) {
      std::size_t cut = 0;
      for (std::size_t size = 1; size <= title.size(); ++size) {
        std::size_t having = 0;
        for (const std::vector<Token>& other : titles) {
          having +=
              other.size() >= size && std::equal(title.begin(), title.begin() + std::ptrdiff_t(size), other.begin());
        }
        if (is_frequent(having, titles.size())) cut = size;
      }
      if (2 * cut > title.size() || cut > rule_.title.affix) cut = 0;
      rest.emplace_back(title.begin() + std::ptrdiff_t(cut), title.end());
    }
    return rest;
  }

  /// A title without the outlet's name at its end or beginning.
  WordSet title(std::span<const ArticleId> articles, ArticleId wanted) const {
    std::vector<std::vector<Token>> titles;
    for (const ArticleId article : articles) titles.push_back(title_tokens(article));
    const auto turn = [&] {
      for (std::vector<Token>& each : titles) std::reverse(each.begin(), each.end());
    };
    turn();
    titles = cut(titles);
    turn();
    titles = cut(titles);
    const auto at = std::size_t(std::find(articles.begin(), articles.end(), wanted) - articles.begin());
    return {titles[at].begin(), titles[at].end()};
  }

  /// Whether half of the shorter title's words are in the other.
  bool are_alike(const WordSet& x, const WordSet& y) const {
    std::size_t both = 0;
    for (const Token word : x) both += y.count(word);
    const std::size_t shorter = std::min(x.size(), y.size());
    return shorter > 0 && double(both) / double(shorter) >= rule_.title.alike;
  }

  WordSet title_and_lead(std::span<const ArticleId> articles, ArticleId article) const {
    const auto text = corpus_.text_tokens(article);
    WordSet words = title(articles, article);
    words.insert(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(rule_.title.lead, text.size())));
    return words;
  }

  /// In a small source: the weight of a title's rare words that are in the other article's title or lead, over all.
  double title_kinship(std::span<const ArticleId> articles, ArticleId titled, ArticleId other) const {
    const WordSet others = title_and_lead(articles, other);
    double all = 0, shared = 0;
    for (const Token word : title(articles, titled)) {
      std::size_t titles = 0, leads = 0;
      for (const ArticleId article : articles) {
        titles += title(articles, article).count(word);
        leads += title_and_lead(articles, article).count(word);
      }
      if (is_frequent(titles, articles.size())) continue;
      const double weight = std::log(double(articles.size() + 1) / double(leads));
      all += weight;
      if (others.count(word) > 0) shared += weight;
    }
    return all > 0 ? shared / all : 0;
  }

  std::vector<std::uint64_t> rare(ArticleId article, const Holders& holders) const {
    std::vector<std::uint64_t> all = shingles(article);
    std::erase_if(all, [&](std::uint64_t each) { return holders.at(each).size() >= rule_.common_articles; });
    return all;
  }

  double title_overlap(ArticleId a, ArticleId b) const {
    const auto words = [&](ArticleId article) {
      const auto title = corpus_.tokens(article).first(corpus_.record(article).title_tokens);
      return std::set<Token>(title.begin(), title.end());
    };
    const std::set<Token> x = words(a), y = words(b);
    double both = 0;
    for (const Token word : x) both += static_cast<double>(y.count(word));
    return x.empty() || y.empty() ? 0 : both / static_cast<double>(std::min(x.size(), y.size()));
  }

  bool are_kin(std::span<const ArticleId> articles, std::size_t a, std::size_t b, const Holders& holders) const {
    const std::vector<std::uint64_t> x = rare(articles[a], holders), y = rare(articles[b], holders);
    const std::set<std::uint64_t> of_x(x.begin(), x.end()), of_y(y.begin(), y.end());
    double shared = 0;
    for (const std::uint64_t each : of_x) shared += static_cast<double>(of_y.count(each));
    const double share = shared / static_cast<double>(std::max<std::size_t>(1, std::min(x.size(), y.size())));
    if (shared == 0 || share < rule_.kinship) return false;
    const bool are_stubs = is_stub(articles, a) || is_stub(articles, b);
    if (are_stubs) return title_overlap(articles[a], articles[b]) >= rule_.title_kinship;
    if (!is_small_ || share >= rule_.near_kinship) return true;
    return title_kinship(articles, articles[a], articles[b]) >= rule_.title.kinship ||
           title_kinship(articles, articles[b], articles[a]) >= rule_.title.kinship ||
           are_alike(title(articles, articles[a]), title(articles, articles[b]));
  }

  /// Whether an article is one of many with an equal text under titles that have little in common. (Articles are taken
  /// in their order, so made ones must have titles that are all alike, or all unlike.)
  bool is_stub(std::span<const ArticleId> articles, std::size_t which) const {
    const auto text = corpus_.text_tokens(articles[which]);
    std::vector<ArticleId> unlike;
    for (const ArticleId article : articles) {
      const auto other = corpus_.text_tokens(article);
      if (!std::equal(text.begin(), text.end(), other.begin(), other.end())) continue;
      const auto is_like = [&](ArticleId each) { return title_overlap(each, article) >= rule_.title_kinship; };
      if (std::none_of(unlike.begin(), unlike.end(), is_like)) unlike.push_back(article);
    }
    return unlike.size() >= rule_.stubs;
  }

  /// Whether two articles are versions of one story: near-equal texts and titles, near in time.
  bool are_versions(ArticleId a, ArticleId b) const {
    const auto distinct = [&](ArticleId article) {
      const std::vector<std::uint64_t> all = shingles(article);
      return std::set<std::uint64_t>(all.begin(), all.end());
    };
    const auto title = [&](ArticleId article) {
      const auto tokens = corpus_.tokens(article).first(corpus_.record(article).title_tokens);
      return std::set<Token>(tokens.begin(), tokens.end());
    };
    const auto similarity = [](const auto& x, const auto& y) {
      double both = 0;
      for (const auto& each : x) both += static_cast<double>(y.count(each));
      const std::size_t longer = std::max(x.size(), y.size());
      return longer == 0 ? 1 : both / static_cast<double>(longer);
    };
    const std::int64_t x = corpus_.record(a).published, y = corpus_.record(b).published;
    const bool are_near = x == kNoDate || y == kNoDate || std::max(x, y) - std::min(x, y) <= rule_.version.seconds;
    return are_near && similarity(distinct(a), distinct(b)) >= rule_.version.text &&
           similarity(title(a), title(b)) >= rule_.version.title;
  }

  /// The smallest article of each one's story.
  std::vector<std::size_t> stories(std::span<const ArticleId> articles, const Holders& holders) const {
    std::vector<std::size_t> story(articles.size());
    for (std::size_t i = 0; i < story.size(); ++i) story[i] = i;
    for (std::size_t a = 0; a < articles.size(); ++a) {
      for (std::size_t b = a + 1; b < articles.size(); ++b) {
        if (!are_kin(articles, a, b, holders) && !are_versions(articles[a], articles[b])) continue;
        const std::size_t from = std::max(story[a], story[b]), to = std::min(story[a], story[b]);
        std::replace(story.begin(), story.end(), from, to);
      }
    }
    return story;
  }

  const Corpus& corpus_;
  unsigned words_;
  BoilerplateRule rule_;
  mutable bool is_small_ = false;
};

}  // namespace wirecopy::reference
