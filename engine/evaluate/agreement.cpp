#include "evaluate/agreement.hpp"

#include <algorithm>

#include "base/radix_sort.hpp"

namespace wirecopy::evaluate {
namespace {

/// Gives articles without a group a group of their own, and counts the sizes.
std::vector<std::uint32_t> with_own_groups(std::span<const std::uint32_t> groups, std::size_t limit,
                                           std::vector<std::uint32_t>& sizes) {
  std::vector<std::uint32_t> numbered(groups.begin(), groups.end());
  sizes.assign(limit, 0);
  for (std::uint32_t& group : numbered) {
    if (group >= kUnnamed) {
      group = static_cast<std::uint32_t>(sizes.size());
      sizes.push_back(0);
    }
    ++sizes[group];
  }
  return numbered;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Contingency::Contingency(std::span<const std::uint32_t> clusters, std::size_t cluster_limit,
                         std::span<const std::uint32_t> stories, std::size_t story_limit)
    : clusters_(with_own_groups(clusters, cluster_limit, cluster_sizes_)),
      stories_(with_own_groups(stories, story_limit, story_sizes_)) {
  std::vector<std::uint64_t> keys, scratch(clusters_.size());
  keys.reserve(clusters_.size());
  for (std::size_t i = 0; i < clusters_.size(); ++i) {
    keys.push_back(std::uint64_t{clusters_[i]} << 32 | stories_[i]);
  }
  radix_sort(std::span(keys), std::span(scratch), [](std::uint64_t key) { return key; });
  for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    while (end < keys.size() && keys[end] == keys[begin]) ++end;
    cells_.push_back({static_cast<std::uint32_t>(keys[begin] >> 32), static_cast<std::uint32_t>(keys[begin]),
                      static_cast<std::uint32_t>(end - begin)});
  }
}

std::uint32_t Contingency::in_common(std::size_t article) const {
  const std::pair groups(cluster(article), story(article));
  const auto is_before = [](const Cell& cell, const std::pair<std::uint32_t, std::uint32_t>& other) {
    return std::pair(cell.cluster, cell.story) < other;
  };
  return std::lower_bound(cells_.begin(), cells_.end(), groups, is_before)->count;
}

PrecisionRecall PairCounts::score() const { return {share(right, found), share(right, expected)}; }

double PairCounts::adjusted_rand() const {
  const double by_chance = all == 0 ? 0 : static_cast<double>(found) * share(expected, all);
  const double best = (static_cast<double>(found) + static_cast<double>(expected)) / 2;
  return best == by_chance ? 1.0 : (static_cast<double>(right) - by_chance) / (best - by_chance);
}

PairCounts count_pairs(const Contingency& table) {
  PairCounts counts;
  for (const std::uint32_t size : table.cluster_sizes()) counts.found += pairs_among(size);
  for (const std::uint32_t size : table.story_sizes()) counts.expected += pairs_among(size);
  for (const Cell& cell : table.cells()) counts.right += pairs_among(cell.count);
  counts.all = pairs_among(table.articles());
  return counts;
}

PrecisionRecall b_cubed(const Contingency& table) {
  if (table.articles() == 0) return {};
  double precision = 0, recall = 0;
  for (const Cell& cell : table.cells()) {
    const double squared = static_cast<double>(cell.count) * cell.count;
    precision += squared / table.cluster_sizes()[cell.cluster];
    recall += squared / table.story_sizes()[cell.story];
  }
  const auto articles = static_cast<double>(table.articles());
  return {precision / articles, recall / articles};
}

}  // namespace wirecopy::evaluate
