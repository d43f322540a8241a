// An article as wirecopy sees it, whatever its feed called the fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wirecopy {

/// Views into the caller's memory; they must stay valid for the duration of the call that takes the article.
/// Text is UTF-8; invalid bytes count as U+FFFD, and may stand anywhere.
struct Article {
  std::string_view id;                    ///< the feed's own id; need not be unique
  std::string_view title;                 ///< headline, may be empty
  std::string_view text;                  ///< body, may be empty; HTML tags and entities in it are ignored
  std::string_view source;                ///< the outlet, best a host name; may be empty
  std::string_view url;                   ///< address, may be empty; its host stands in for a missing source
  std::string_view language;              ///< two-letter code such as "en" where known
  std::optional<std::int64_t> published;  ///< seconds since 1970-01-01 UTC
};

}  // namespace wirecopy
