// Counts of the lines read from a feed, and its rejected lines.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/line_position.hpp"
#include "feed/field_map.hpp"
#include "feed/reject.hpp"

namespace wirecopy {

/// A line that is not an article.
struct Reject {
  /// Lines up to this length are kept in full, longer ones not at all.
  static constexpr std::size_t kShortLine = 1000;

  LinePosition place;
  RejectReason reason{};
  std::string line;     ///< the line itself if it is short
  std::string message;  ///< details of a damaged input
};

struct FeedCounts {
  std::uint64_t articles = 0;
  std::uint64_t rejected = 0;
  std::uint64_t bytes = 0;  ///< decompressed
  std::array<std::uint64_t, kRejectReasons> reasons{};
  FieldUsage usage;

  void add(const FeedCounts& more) {
    articles += more.articles;
    rejected += more.rejected;
    bytes += more.bytes;
    for (std::size_t i = 0; i < reasons.size(); ++i) reasons[i] += more.reasons[i];
    usage.merge(more.usage);
  }
};

}  // namespace wirecopy
