#include "cluster/equal_groups.hpp"

#include <algorithm>
#include <numeric>

#include "verify/matcher.hpp"

namespace wirecopy {
namespace {

std::vector<ArticleId> comparable_by_content(const Corpus& corpus, const Options& options) {
  std::vector<ArticleId> articles;
  articles.reserve(corpus.size());
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    if (is_comparable(corpus.record(ArticleId{i}), options)) articles.push_back(ArticleId{i});
  }
  std::sort(articles.begin(), articles.end(), [&](ArticleId a, ArticleId b) {
    return std::pair(corpus.record(a).content, a) < std::pair(corpus.record(b).content, b);
  });
  return articles;
}

}  // namespace

EqualGroups::EqualGroups(const Corpus& corpus, const Options& options, const Preference& preference)
    : representative_(corpus.size()) {
  for (std::uint32_t i = 0; i < corpus.size(); ++i) representative_[i] = ArticleId{i};
  const std::vector<ArticleId> articles = comparable_by_content(corpus, options);
  for (auto begin = articles.begin(); begin != articles.end();) {
    const Digest content = corpus.record(*begin).content;
    const auto end = std::find_if(begin, articles.end(),
                                  [&](ArticleId article) { return corpus.record(article).content != content; });
    if (end - begin > 1) {
      const auto first = members_.insert(members_.end(), begin, end);
      std::sort(first, members_.end(), preference);
      const ArticleId representative = *first;
      groups_.push_back({representative, static_cast<std::uint32_t>(first - members_.begin()),
                         static_cast<std::uint32_t>(end - begin)});
      for (auto member = begin; member != end; ++member) representative_[number(*member)] = representative;
    }
    begin = end;
  }
  std::sort(groups_.begin(), groups_.end(),
            [](const Group& a, const Group& b) { return a.representative < b.representative; });
}

std::span<const ArticleId> EqualGroups::members(ArticleId representative) const {
  const auto found =
      std::lower_bound(groups_.begin(), groups_.end(), representative,
                       [](const Group& group, ArticleId wanted) { return group.representative < wanted; });
  if (found == groups_.end() || found->representative != representative) {
    return std::span(&representative_[number(representative)], 1);  // an article alone represents itself
  }
  return std::span(members_).subspan(found->first, found->count);
}

}  // namespace wirecopy
