#include "verify/profile_table.hpp"

#include <algorithm>

namespace wirecopy {

ProfileTable::ProfileTable(const Corpus& corpus, const BoilerplateModel& model, const Options& options)
    : corpus_(corpus),
      with_title_(options.title),
      words_(options.shingle),
      profiles_(corpus.size(), corpus.memory()),
      places_(corpus.size(), corpus.memory()),
      ranges_((corpus.size() + kChunk - 1) / kChunk) {
  for (const std::string& source : corpus.sources()) boilerplate_.push_back(model.ignored_in(source));
}

template <typename Use>
void ProfileTable::for_each_wanted(std::size_t chunk, std::span<const char> wanted, Use use) {
  const std::size_t end = std::min(corpus_.size(), (chunk + 1) * kChunk);
  for (std::size_t i = chunk * kChunk; i < end; ++i) {
    if (wanted[i]) use(ArticleId{static_cast<std::uint32_t>(i)});
  }
}

void ProfileTable::mark(std::size_t chunk, std::span<const char> wanted) {
  std::vector<TokenRange>& ranges = ranges_[chunk];
  for_each_wanted(chunk, wanted, [&](ArticleId article) {
    const auto first = static_cast<std::uint32_t>(ranges.size());
    mark_boilerplate(text(article).tokens, words_, boilerplate_[number(corpus_.record(article).source)], ranges);
    places_[number(article)] = {first, static_cast<std::uint32_t>(ranges.size()) - first};
    profiles_[number(article)] = measure_editorial(text(article).tokens, words_, text(article).boilerplate);
  });
}

void ProfileTable::count(std::size_t chunk, std::span<const char> wanted, TextComparer& comparer) {
  for_each_wanted(chunk, wanted,
                  [&](ArticleId article) { profiles_[number(article)] = comparer.measure(text(article)); });
}

void ProfileTable::fill(std::size_t chunk, std::span<const char> wanted, TextComparer& comparer) {
  mark(chunk, wanted);
  count(chunk, wanted, comparer);
}

ComparedText ProfileTable::text(ArticleId article, std::span<const Token> tokens) const {
  const Place place = places_[number(article)];
  return {with_title_ ? tokens : tokens.subspan(corpus_.record(article).title_tokens),
          std::span(ranges_[number(article) / kChunk]).subspan(place.first, place.count)};
}

}  // namespace wirecopy
