/// @file
/// An article as wirecopy sees it, whatever its feed called the fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wirecopy {

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
  /// Address. No decision looks at it; in feeds its host stands in for a missing source.
  std::string_view url{};
  std::string_view language{};              ///< two-letter code such as "en" where known; no decision looks at it
  std::optional<std::int64_t> published{};  ///< seconds since 1970-01-01 UTC
};

}  // namespace wirecopy
