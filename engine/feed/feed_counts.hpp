// Counts of the lines read from a feed, and its rejected lines.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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
  // For messages; those of a run that was resumed are missing.
  std::array<std::optional<Reject>, kRejectReasons> examples;  ///< the first line rejected for each reason
  std::string first_article;                                   ///< the line of the first article, if that has no text

  static constexpr std::size_t kMaxFirstArticle = std::size_t{4} << 20;

  void add_reject(const Reject& reject) {
    const auto reason = static_cast<std::size_t>(reject.reason);
    ++rejected;
    if (++reasons[reason] == 1) examples[reason] = reject;
  }
  /// Before the article is counted.
  void note_first_article(std::string_view line) {
    if (articles == 0 && line.size() <= kMaxFirstArticle) first_article = line;
  }

  void add(const FeedCounts& more) {
    articles += more.articles;
    rejected += more.rejected;
    bytes += more.bytes;
    for (std::size_t i = 0; i < reasons.size(); ++i) {
      reasons[i] += more.reasons[i];
      if (!examples[i]) examples[i] = more.examples[i];
    }
    if (first_article.empty()) first_article = more.first_article;
    usage.merge(more.usage);
  }
};

}  // namespace wirecopy
