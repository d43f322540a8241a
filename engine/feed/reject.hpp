// Why a line of a feed is not an article.
#pragma once

#include <string_view>

namespace wirecopy {

enum class RejectReason {
  not_json,           ///< broken syntax that no other reason describes better
  not_an_object,      ///< JSON or similar, but not an object: a list, a number, a string
  trailing_content,   ///< the object is followed by something else
  unfinished,         ///< the line ends inside the object or inside a string
  bad_utf8,           ///< invalid UTF-8
  control_character,  ///< an unescaped control character inside a string
  bad_escape,         ///< a backslash followed by an unknown escape
  bad_number,         ///< not a number according to JSON, including NaN and Infinity
  too_deep,           ///< nested deeper than kMaxDepth
  text_type,          ///< the only text is a number, a boolean, an object or a list of such
  line_too_long,      ///< longer than max_line, or with a text (or title, id, source, url) of more than kMaxTextBytes
  damaged_input,      ///< the compressed input is truncated or damaged here
};
inline constexpr int kRejectReasons = 12;
/// Maximum nesting depth of objects and lists; the article's own object is the first level.
inline constexpr int kMaxDepth = 512;

/// A stable name in kebab case: "not-json".
[[nodiscard]] std::string_view name(RejectReason reason);

}  // namespace wirecopy
