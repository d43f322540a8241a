#include "cluster/provenance.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace wirecopy {
namespace {

// An unknown date is later than all known ones.
std::int64_t sortable_date(const ArticleRecord& record) {
  return record.published == kNoDate ? std::numeric_limits<std::int64_t>::max() : record.published;
}

/// The members, the earliest first; those of one date by source, id and content.
std::vector<ArticleId> by_date(const Corpus& corpus, std::span<const Decision> members) {
  std::vector<ArticleId> articles;
  articles.reserve(members.size());
  for (const Decision& member : members) articles.push_back(member.article);
  std::sort(articles.begin(), articles.end(), [&](ArticleId a, ArticleId b) {
    const ArticleRecord &x = corpus.record(a), &y = corpus.record(b);
    return std::tuple(sortable_date(x), corpus.source(a), corpus.id(a), x.content, corpus.title(a)) <
           std::tuple(sortable_date(y), corpus.source(b), corpus.id(b), y.content, corpus.title(b));
  });
  return articles;
}

/// A value with the number of articles that have it and the place of the first of them.
template <typename Value>
struct Count {
  Value value{};
  std::uint32_t articles = 0;
  std::uint32_t first = 0;
};

/// Counts values, given with their positions in ascending order. Sorts them.
template <typename Value>
std::vector<Count<Value>> count_values(std::vector<std::pair<Value, std::uint32_t>>& values) {
  std::sort(values.begin(), values.end());
  std::vector<Count<Value>> counts;
  for (const auto& [value, place] : values) {
    if (counts.empty() || counts.back().value != value) counts.push_back({value, 0, place});
    ++counts.back().articles;
  }
  return counts;
}

template <typename Value>
void sort_most_frequent_first(std::vector<Count<Value>>& counts) {
  std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.first < b.first;
  });
}

/// Places of one date are one place, so that the order of ids does not choose between agencies.
AgencyId most_credited(const Corpus& corpus, std::span<const ArticleId> articles) {
  std::vector<std::pair<std::string_view, std::uint32_t>> credits;
  std::uint32_t place = 0;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const ArticleRecord& record = corpus.record(articles[i]);
    if (i > 0 && record.published != corpus.record(articles[i - 1]).published) ++place;
    if (record.agency != AgencyId::none) credits.emplace_back(name(record.agency), place);
  }
  auto counts = count_values(credits);
  if (counts.empty()) return AgencyId::none;
  const auto best = std::min_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return a.articles != b.articles ? a.articles > b.articles : std::tie(a.first, a.value) < std::tie(b.first, b.value);
  });
  return agency_named(best->value);
}

std::vector<Headline> count_headlines(const Corpus& corpus, std::span<const ArticleId> articles) {
  std::vector<std::pair<std::string_view, std::uint32_t>> titles;
  for (std::uint32_t i = 0; i < articles.size(); ++i) {
    const std::string_view title = corpus.title(articles[i]);
    if (!title.empty()) titles.emplace_back(title, i);
  }
  auto counts = count_values(titles);
  sort_most_frequent_first(counts);
  std::vector<Headline> headlines;
  headlines.reserve(counts.size());
  for (const auto& count : counts) headlines.push_back({count.value, count.articles});
  return headlines;
}

/// The first article of each source. An outlet's place is its first date, so articles come in order of date.
std::vector<Outlet> list_outlets(const Corpus& corpus, std::span<const ArticleId> articles) {
  std::vector<std::pair<std::string_view, std::uint32_t>> sources;
  for (std::uint32_t i = 0; i < articles.size(); ++i) sources.emplace_back(corpus.source(articles[i]), i);
  auto counts = count_values(sources);
  std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::int64_t start = corpus.record(articles.front()).published;
  std::vector<Outlet> outlets;
  for (const auto& count : counts) {
    Outlet outlet{count.value, corpus.record(articles[count.first]).published, {}};
    if (outlet.published != kNoDate) outlet.lag_seconds = outlet.published - start;
    outlets.push_back(outlet);
  }
  return outlets;
}

}  // namespace

Provenance find_provenance(const Corpus& corpus, std::span<const Decision> members) {
  Provenance provenance;
  if (members.empty()) return provenance;
  const std::vector<ArticleId> articles = by_date(corpus, members);
  if (corpus.record(articles.front()).published != kNoDate) provenance.first_seen = articles.front();
  provenance.agency = most_credited(corpus, articles);
  provenance.outlets = list_outlets(corpus, articles);
  provenance.headlines = count_headlines(corpus, articles);
  return provenance;
}

std::optional<double> own_share(const Decision& member) {
  if (member.match == kNoArticle) return std::nullopt;
  if (member.relation == Relation::exact) return 0.0;
  return 1 - member.similarity.containment();
}

}  // namespace wirecopy
