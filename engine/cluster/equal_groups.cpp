#include "cluster/equal_groups.hpp"

#include <algorithm>
#include <numeric>

#include "verify/matcher.hpp"

namespace wirecopy {
namespace {

/// An article and what sorts it: beside each other, so that sorting need not look into the records.
struct Keyed {
  Digest content;
  std::int64_t published;  // kNoDate comes first; 0 where time does not matter
  ArticleId article;
  friend auto operator<=>(const Keyed&, const Keyed&) = default;
};

std::pmr::vector<Keyed> comparable_by_content(const Corpus& corpus, const Options& options) {
  std::pmr::vector<Keyed> articles(corpus.memory());
  articles.reserve(corpus.size());
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const ArticleRecord& record = corpus.record(ArticleId{i});
    if (!is_comparable(record, options)) continue;
    articles.push_back({record.content, options.within > 0 ? record.published : 0, ArticleId{i}});
  }
  std::sort(articles.begin(), articles.end());
  return articles;
}

template <typename Iterator>
Iterator end_of_group(Iterator begin, Iterator end, std::int64_t within) {
  std::int64_t first = kNoDate;  // the earliest date of the group
  return std::find_if(begin, end, [&](const Keyed& keyed) {
    if (keyed.content != begin->content) return true;
    if (within == 0 || keyed.published == kNoDate) return false;
    if (first == kNoDate) first = keyed.published;
    return keyed.published - first > within;
  });
}

}  // namespace

EqualGroups::EqualGroups(const Corpus& corpus, const Options& options, const Preference& preference)
    : representative_(corpus.size(), corpus.memory()), members_(corpus.memory()), groups_(corpus.memory()) {
  for (std::uint32_t i = 0; i < corpus.size(); ++i) representative_[i] = ArticleId{i};
  const std::pmr::vector<Keyed> articles = comparable_by_content(corpus, options);
  for (auto begin = articles.begin(); begin != articles.end();) {
    const auto end = end_of_group(begin, articles.end(), options.within);
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
