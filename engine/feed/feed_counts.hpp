// What was read of a feed, and what of it was no article.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/line_place.hpp"
#include "feed/field_map.hpp"
#include "feed/reject.hpp"

namespace wirecopy {

/// A line that is no article.
struct Reject {
  /// Lines up to this long are kept whole, longer ones not at all.
  static constexpr std::size_t kShortLine = 1000;

  LinePlace place;
  RejectReason reason{};
  std::string line;     ///< the line itself when it is short
  std::string message;  ///< more about a damaged input
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
