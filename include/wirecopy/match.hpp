// A match: two articles whose texts were compared exactly, and the evidence.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy {

/// What the first article is to the second.
enum class Relation {
  exact,     ///< same normalised title and text
  near,      ///< much the same text
  excerpt,   ///< the first is part of the second
  extended,  ///< the second is part of the first
  partial,   ///< they share passages; does not link
};

[[nodiscard]] std::string_view name(Relation relation);
/// What the second is to the first: excerpt and extended change places.
[[nodiscard]] Relation reversed(Relation relation);

/// Exact scores of two shingle sets A and B, from their sizes and the size of their intersection.
struct Similarity {
  std::uint32_t shared = 0;  ///< distinct shingles in both
  std::uint32_t first = 0;   ///< distinct shingles of the first
  std::uint32_t second = 0;  ///< distinct shingles of the second

  /// |A and B| / |A or B|; 0 for two empty sets.
  [[nodiscard]] double jaccard() const {
    const double united = double(first) + double(second) - double(shared);
    return united > 0 ? shared / united : 0.0;
  }
  /// Share of the first that is in the second; 0 for an empty set.
  [[nodiscard]] double containment() const { return first > 0 ? double(shared) / first : 0.0; }
  /// Share of the second that is in the first.
  [[nodiscard]] double contained() const { return second > 0 ? double(shared) / second : 0.0; }
};

/// The same scores seen from the second article.
[[nodiscard]] constexpr Similarity reversed(const Similarity& similarity) {
  return {similarity.shared, similarity.second, similarity.first};
}

}  // namespace wirecopy
