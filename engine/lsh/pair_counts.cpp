#include "lsh/pair_counts.hpp"

#include <bit>
#include <limits>

namespace wirecopy {
namespace {

/// 256 to 512 ranges, so that a range's proposals fit into a cache and threads have enough to share.
unsigned bits_per_range(std::size_t articles) {
  constexpr int kMin = 6, kMax = 16;
  return static_cast<unsigned>(std::clamp(static_cast<int>(std::bit_width(articles)) - 9, kMin, kMax));
}

}  // namespace

ArticleRanges::ArticleRanges(std::size_t articles)
    : bits_(bits_per_range(articles)), ranges_((articles + width() - 1) / width()) {}

void PairCounter::group(std::span<const Spread<Proposal>* const> spreads, std::size_t range) {
  // One element more than needed: the beginning of an article's partners doubles as the insertion point of the previous
  // article's partners.
  begins_.assign(ranges_->width() + 2, 0);
  for (const auto* spread : spreads) {
    spread->for_each(range, [&](const Proposal& each) { ++begins_[each.first + std::size_t{2}]; });
  }
  for (std::size_t i = 2; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  if (partners_.size() < begins_.back()) partners_.resize(begins_.back());
  for (const auto* spread : spreads) {
    spread->for_each(range, [&](const Proposal& each) {
      partners_[begins_[each.first + std::size_t{1}]++] = {each.second, each.times};
    });
  }
}

std::span<const PairCounter::Partner> PairCounter::partners_of(std::size_t article) {
  const std::size_t begin = begins_[article], count = begins_[article + 1] - begin;
  if (count <= 1) return {partners_.data() + begin, count};
  const auto bits = static_cast<unsigned>(std::bit_width(2 * count - 1));
  if (table_.size() < std::size_t{1} << bits) table_.resize(std::size_t{1} << bits);
  const std::span<Partner> table(table_.data(), std::size_t{1} << bits);
  std::fill(table.begin(), table.end(), Partner{0, 0});
  for (const Partner& each : std::span<const Partner>(partners_).subspan(begin, count)) {
    std::size_t at = each.article * std::uint32_t{0x9e3779b1} >> (32 - bits);  // Fibonacci hashing
    while (table[at].times != 0 && table[at].article != each.article) at = (at + 1) & (table.size() - 1);
    table[at] = {each.article, table[at].times + each.times};
  }
  return table;
}

void ProposedPairs::add(std::span<const CandidatePair> pairs, PiecePool& pool, const std::function<void()>& pause) {
  const auto mask = static_cast<std::uint32_t>(ranges_->width() - 1);
  for (const CandidatePair& pair : pairs) {
    spread_.add(ranges_->range_of(pair.first), {pair.second, static_cast<std::uint16_t>(pair.first & mask), 1}, pool);
  }
  for (std::size_t range = 0; range < limits_.size(); ++range) {
    if (spread_.size(range) < limits_[range]) continue;
    pause();
    compact(range, pool);
  }
}

void ProposedPairs::compact(std::size_t range, PiecePool& pool) {
  constexpr std::uint32_t kMaxTimes = std::numeric_limits<std::uint16_t>::max();
  const std::size_t before = spread_.size(range);
  const Spread<Proposal>* const mine = &spread_;
  counted_.clear();
  counter_.for_each_pair({&mine, 1}, range, [&](const CandidatePair& pair, std::uint32_t times) {
    const auto first = static_cast<std::uint16_t>(pair.first - ranges_->first_of(range));
    for (; times > kMaxTimes; times -= kMaxTimes) counted_.push_back({pair.second, first, kMaxTimes});
    counted_.push_back({pair.second, first, static_cast<std::uint16_t>(times)});
  });
  if (2 * counted_.size() > before) {  // hardly any repeat: try again when there are four times as many
    limits_[range] = 4 * before;
    return;
  }
  spread_.release(range, pool);
  for (const Proposal& each : counted_) spread_.add(range, each, pool);
  limits_[range] = std::max(kMinToCount, 4 * counted_.size());
}

}  // namespace wirecopy
