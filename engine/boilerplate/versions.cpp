#include "boilerplate/versions.hpp"

#include <algorithm>
#include <utility>

#include "boilerplate/title_overlap.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// A neighbour is compared if it is the one before for this share of the samples.
constexpr std::size_t kShareOfSamples = 8;

void distinct_shingles(std::span<const Token> tokens, unsigned words, std::pmr::vector<std::uint64_t>& shingles) {
  shingles.clear();
  shingle(tokens, words, shingles);
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
}

}  // namespace

void VersionFinder::unite(std::span<const ArticleId> articles, const Samples& samples, std::size_t places,
                          UnionFind& stories) {
  latest_.assign(places, kNobody);
  undated_.assign(places, kNobody);
  for (const std::uint32_t article : by_date(articles)) {
    const std::span<const RepeatedSample> repeated = samples(article);
    // Chance may take a few samples of a short text: half of what the rule asks for is required of them.
    const auto least = rule_.text / 2 * static_cast<double>(corpus_.sample(articles[article]).size());
    if (repeated.empty() || static_cast<double>(repeated.size()) < least) continue;
    find_neighbours(articles, article, repeated);
    for (const std::uint32_t other : neighbours_) {
      if (stories.find(article) == stories.find(other)) continue;
      if (are_versions(articles[article], articles[other])) stories.unite(article, other);
    }
  }
}

/// Those without a date first.
std::vector<std::uint32_t> VersionFinder::by_date(std::span<const ArticleId> articles) const {
  std::vector<std::uint32_t> order(articles.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto rank = [&](std::uint32_t i) {
    const ArticleRecord& record = corpus_.record(articles[i]);
    return std::pair(record.published, record.identity);
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
  return order;
}

void VersionFinder::find_neighbours(std::span<const ArticleId> articles, std::uint32_t article,
                                    std::span<const RepeatedSample> samples) {
  neighbours_.clear();
  const bool is_undated = corpus_.record(articles[article]).published == kNoDate;
  for (const RepeatedSample& sample : samples) {
    std::uint32_t other = std::exchange(latest_[sample.place], article);
    if (other != kNobody && !are_near_in_time(articles[article], articles[other])) other = undated_[sample.place];
    if (is_undated) undated_[sample.place] = article;
    if (other != kNobody && other != article) neighbours_.push_back(other);
  }
  std::sort(neighbours_.begin(), neighbours_.end());
  auto kept = neighbours_.begin();
  for (auto begin = neighbours_.begin(), end = begin; begin != neighbours_.end(); begin = end) {
    end = std::upper_bound(begin, neighbours_.end(), *begin);
    if (static_cast<std::size_t>(end - begin) * kShareOfSamples >= samples.size()) *kept++ = *begin;
  }
  neighbours_.erase(kept, neighbours_.end());
}

bool VersionFinder::are_near_in_time(ArticleId a, ArticleId b) const {
  const std::int64_t first = corpus_.record(a).published, second = corpus_.record(b).published;
  if (first == kNoDate || second == kNoDate) return true;
  return std::max(first, second) <= std::min(first, second) + rule_.seconds;
}

bool VersionFinder::are_versions(ArticleId a, ArticleId b) {
  return title_similarity(corpus_, a, b) >= rule_.title && text_similarity(a, b) >= rule_.text;
}

double VersionFinder::text_similarity(ArticleId a, ArticleId b) {
  distinct_shingles(corpus_.compared_tokens(a, with_title_), words_, of_a_);
  distinct_shingles(corpus_.compared_tokens(b, with_title_), words_, of_b_);
  std::size_t shared = 0;
  for (auto x = of_a_.begin(), y = of_b_.begin(); x != of_a_.end() && y != of_b_.end();) {
    shared += *x == *y;
    const bool is_first_less = *x < *y, is_second_less = *y < *x;
    x += !is_second_less, y += !is_first_less;
  }
  const std::size_t longer = std::max(of_a_.size(), of_b_.size());
  return longer == 0 ? 1 : static_cast<double>(shared) / static_cast<double>(longer);
}

}  // namespace wirecopy
