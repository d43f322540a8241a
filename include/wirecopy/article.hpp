/// @file
/// An article as wirecopy sees it, whatever its feed called the fields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wirecopy {

/// Most bytes of any one string of an article, 64 MiB. Feeds reject an article with a longer one; functions that take
/// articles or texts throw Error(usage) for it.
inline constexpr std::size_t kMaxTextBytes = std::size_t{64} << 20;

/// An article: views into the caller's memory, which must stay valid for the duration of the call that takes the
/// article. Text is UTF-8; invalid bytes count as U+FFFD, and may stand anywhere. Every field may be empty, which is
/// the default.
///
///     index.add({.id = "a1", .title = "Rain", .text = body, .source = "one.example"});
struct Article {
  std::string_view id{};      ///< the feed's own id; what an Index goes by; need not be unique for a Deduplicator
  std::string_view title{};   ///< headline
  std::string_view text{};    ///< body; HTML tags and entities in it are ignored
  std::string_view source{};  ///< the outlet, best a host name; boilerplate is learnt for each
  /// Address. An Index goes by it where the id is missing; in feeds its host stands in for a missing source.
  std::string_view url{};
  std::string_view language{};  ///< two-letter code such as "en" where known; no decision looks at it
  /// Seconds since 1970-01-01 UTC, in the years 1900 to 2200; any other number counts as no date.
  std::optional<std::int64_t> published{};
};

}  // namespace wirecopy
