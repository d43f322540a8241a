// Agreement of two groupings by looking at every pair of articles: slow and plain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirecopy::reference {

/// Groups by article; a negative number: alone.
using Groups = std::vector<int>;

inline bool together(const Groups& groups, std::size_t a, std::size_t b) {
  return a == b || (groups[a] >= 0 && groups[a] == groups[b]);
}

struct PairTable {
  std::uint64_t both = 0, found_only = 0, wanted_only = 0, neither = 0;
};

inline PairTable count_pairs(const Groups& clusters, const Groups& stories) {
  PairTable table;
  for (std::size_t a = 0; a < clusters.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const bool found = together(clusters, a, b), wanted = together(stories, a, b);
      ++(found ? (wanted ? table.both : table.found_only) : (wanted ? table.wanted_only : table.neither));
    }
  }
  return table;
}

struct Shares {
  double precision = 0, recall = 0;
};

/// Means over articles of what each finds in its cluster and of its story.
inline Shares b_cubed(const Groups& clusters, const Groups& stories) {
  Shares shares;
  for (std::size_t a = 0; a < clusters.size(); ++a) {
    double found = 0, wanted = 0, right = 0;
    for (std::size_t b = 0; b < clusters.size(); ++b) {
      found += together(clusters, a, b);
      wanted += together(stories, a, b);
      right += together(clusters, a, b) && together(stories, a, b);
    }
    shares.precision += right / found;
    shares.recall += right / wanted;
  }
  const auto articles = static_cast<double>(clusters.size());
  return {shares.precision / articles, shares.recall / articles};
}

/// From the four kinds of pairs (Hubert and Arabie 1985, in the form of Warrens 2008).
inline double adjusted_rand(const PairTable& t) {
  const auto a = static_cast<double>(t.both), b = static_cast<double>(t.found_only);
  const auto c = static_cast<double>(t.wanted_only), d = static_cast<double>(t.neither);
  const double below = (a + b) * (b + d) + (a + c) * (c + d);
  return below == 0 ? 1.0 : 2 * (a * d - b * c) / below;
}

}  // namespace wirecopy::reference
