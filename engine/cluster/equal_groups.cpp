#include "cluster/equal_groups.hpp"

#include <algorithm>
#include <numeric>

#include "verify/matcher.hpp"

namespace wirecopy {
namespace {

/// An article and what sorts it: beside each other, so that sorting need not look into the records.
struct Keyed {
  Digest content;
  ArticleId article;
  friend auto operator<=>(const Keyed&, const Keyed&) = default;
};

std::pmr::vector<Keyed> comparable_by_content(const Corpus& corpus, const Options& options) {
  std::pmr::vector<Keyed> articles(corpus.memory());
  articles.reserve(corpus.size());
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const ArticleRecord& record = corpus.record(ArticleId{i});
    if (is_comparable(record, options)) articles.push_back({record.content, ArticleId{i}});
  }
  std::sort(articles.begin(), articles.end());
  return articles;
}

}  // namespace

EqualGroups::EqualGroups(const Corpus& corpus, const Options& options, const Preference& preference)
    : representative_(corpus.size(), corpus.memory()), members_(corpus.memory()), groups_(corpus.memory()) {
  for (std::uint32_t i = 0; i < corpus.size(); ++i) representative_[i] = ArticleId{i};
  const std::pmr::vector<Keyed> articles = comparable_by_content(corpus, options);
  for (auto begin = articles.begin(); begin != articles.end();) {
    const auto end =
        std::find_if(begin, articles.end(), [&](const Keyed& keyed) { return keyed.content != begin->content; });
    if (end - begin > 1) {
      const auto count = end - begin;
      for (auto member = begin; member != end; ++member) members_.push_back(member->article);
      const auto first = members_.end() - count;
      std::sort(first, members_.end(), preference);
      const ArticleId representative = *first;
      groups_.push_back({representative, static_cast<std::uint32_t>(first - members_.begin()),
                         static_cast<std::uint32_t>(end - begin)});
      for (auto member = first; member != members_.end(); ++member) representative_[number(*member)] = representative;
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
