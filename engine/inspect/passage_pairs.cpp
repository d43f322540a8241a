#include "inspect/passage_pairs.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "text/shingler.hpp"

namespace wirecopy {
namespace {

// Tokens by which words replaced, left out and put in may have moved the rest: a few, and one in so many.
constexpr std::int64_t kDrift = 8, kDriftEvery = 4;
// A shingle with more places in the second text is not rare.
constexpr std::size_t kFewPlaces = 32;

bool is_inside(const TokenRange& inner, const TokenRange& outer) {
  return inner.begin >= outer.begin && inner.end <= outer.end;
}

/// The first of the places that begins at a token or behind it.
auto first_from(const std::vector<TokenRange>& places, std::int64_t token) {
  return std::lower_bound(places.begin(), places.end(), token,
                          [](const TokenRange& place, std::int64_t wanted) { return place.begin < wanted; });
}

template <typename Votes>
std::int64_t most_frequent_shift(const Votes& votes) {
  std::unordered_map<std::int64_t, std::size_t> counts;
  for (const auto& vote : votes) ++counts[vote.shift];
  return std::max_element(counts.begin(), counts.end(),
                          [](const auto& a, const auto& b) {
                            return std::tuple(a.second, -a.first) < std::tuple(b.second, -b.first);
                          })
      ->first;
}

template <typename Use>
void for_each_range(std::span<const Token> tokens, unsigned words, Use use) {
  for_each_shingle(tokens, words, [&](std::uint64_t hash, std::size_t token, std::size_t count) {
    use(hash, TokenRange{static_cast<std::uint32_t>(token), static_cast<std::uint32_t>(token + count)});
  });
}

}  // namespace

PassagePairs::PassagePairs(const ComparedText& first, const ComparedText& second, unsigned words,
                           std::span<const TokenRange> of_second)
    : of_second_(of_second) {
  for_each_range(second.tokens, words, [this](std::uint64_t hash, const TokenRange& range) {
    if (stretch_of(range) != nullptr) places_[hash].push_back(range);
  });
  for_each_range(first.tokens, words, [this](std::uint64_t hash, const TokenRange& range) {
    shingles_.push_back({hash, range});
  });
}

TokenRange PassagePairs::partner(const TokenRange& stretch) const {
  std::vector<Vote> votes = votes_of_rare(stretch);
  if (votes.empty()) votes = votes_by_order(stretch);
  if (votes.empty()) return {};
  const std::int64_t shift = most_frequent_shift(votes);
  const auto best = std::find_if(votes.begin(), votes.end(), [&](const Vote& vote) { return vote.shift == shift; });
  const TokenRange home = *stretch_of(best->range);
  const std::int64_t drift = kDrift + (stretch.end - stretch.begin) / kDriftEvery;
  TokenRange all = best->range;
  for_each_shared(stretch, [&](const TokenRange& range, const Places& places) {
    const std::int64_t expected = range.begin + shift;
    const auto from = first_from(places, std::max<std::int64_t>(home.begin, expected - drift));
    const auto until = first_from(places, std::min<std::int64_t>(home.end, expected + drift + 1));
    if (from >= until) return;
    all = {std::min(all.begin, from->begin), std::max(all.end, (until - 1)->end)};
  });
  return all;
}

/// Calls `use(range, places)` for each shingle of a stretch that the second text shares, with its places there.
template <typename Use>
void PassagePairs::for_each_shared(const TokenRange& stretch, Use use) const {
  auto shingle = std::lower_bound(shingles_.begin(), shingles_.end(), stretch.begin,
                                  [](const Shingle& each, std::uint32_t begin) { return each.range.begin < begin; });
  for (; shingle != shingles_.end() && is_inside(shingle->range, stretch); ++shingle) {
    const auto found = places_.find(shingle->hash);
    if (found != places_.end()) use(shingle->range, found->second);
  }
}

std::vector<PassagePairs::Vote> PassagePairs::votes_of_rare(const TokenRange& stretch) const {
  std::vector<Vote> votes;
  for_each_shared(stretch, [&](const TokenRange& range, const Places& places) {
    if (places.size() > kFewPlaces) return;
    for (const TokenRange& place : places) votes.push_back({std::int64_t{place.begin} - range.begin, place});
  });
  return votes;
}

std::vector<PassagePairs::Vote> PassagePairs::votes_by_order(const TokenRange& stretch) const {
  std::vector<Vote> votes;
  std::unordered_map<const Places*, std::size_t> met;
  for_each_shared(stretch, [&](const TokenRange& range, const Places& places) {
    const std::size_t at = met[&places]++;
    if (at < places.size()) votes.push_back({std::int64_t{places[at].begin} - range.begin, places[at]});
  });
  return votes;
}

const TokenRange* PassagePairs::stretch_of(const TokenRange& range) const {
  const auto behind =
      std::upper_bound(of_second_.begin(), of_second_.end(), range.begin,
                       [](std::uint32_t begin, const TokenRange& other) { return begin < other.begin; });
  return behind != of_second_.begin() && is_inside(range, *(behind - 1)) ? &*(behind - 1) : nullptr;
}

}  // namespace wirecopy
