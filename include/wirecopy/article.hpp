/// @file
/// An article as wirecopy sees it, independent of the field names of its feed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wirecopy {

/// Maximum length of a string of an article: 64 MiB. An article with a longer string is rejected when it is read from a
/// feed; functions that take articles or texts throw Error(usage).
inline constexpr std::size_t kMaxTextBytes = std::size_t{64} << 20;

/// An article: views into the caller's memory, which must stay valid for the duration of the call that takes the
/// article. Text is UTF-8; invalid bytes are allowed anywhere and count as U+FFFD. Every field may be empty, which is
/// the default.
///
///     index.add({.id = "a1", .title = "Rain", .text = body, .source = "one.example"});
struct Article {
  /// Id assigned by the feed. An Index identifies articles by it; a Deduplicator does not require it to be unique.
  std::string_view id{};
  std::string_view title{};   ///< headline
  std::string_view text{};    ///< body; HTML tags are ignored and entities are decoded
  std::string_view source{};  ///< outlet, preferably a host name; boilerplate is learned per source
  /// URL of the article. An Index identifies an article without id by it; in feeds, its host replaces a missing source.
  std::string_view url{};
  std::string_view language{};  ///< two-letter code such as "en", if known; does not affect any decision
  /// Publication time in seconds since 1970-01-01 UTC, within the years 1900 to 2200; values outside count as no date.
  std::optional<std::int64_t> published{};
};

}  // namespace wirecopy
