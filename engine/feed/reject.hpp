// Why a line of a feed is not an article.
#pragma once

#include <string_view>

namespace wirecopy {

enum class RejectReason {
  not_json,           ///< broken syntax that none of the next names better
  not_an_object,      ///< JSON, or like it, but not an object: a list, a number, a string
  trailing_content,   ///< something stands behind the object
  unfinished,         ///< the line ends inside the object or inside a string
  bad_utf8,           ///< bytes that are not UTF-8
  control_character,  ///< an unescaped control character inside a string
  bad_escape,         ///< a backslash with something unknown behind it
  bad_number,         ///< a number that JSON does not know, NaN and Infinity among them
  too_deep,           ///< nested deeper than kMaxDepth
  text_type,          ///< the only text is a number, a boolean, an object or a list of such
  line_too_long,      ///< longer than --max-line, or with a text (or title, id, source, url) of more than kMaxTextBytes
  damaged_input,      ///< the compressed input is truncated or damaged here
};
inline constexpr int kRejectReasons = 12;
/// Objects and lists may be nested this deep; the article's own object is the first level.
inline constexpr int kMaxDepth = 512;

/// A stable name in kebab case: "not-json".
[[nodiscard]] std::string_view name(RejectReason reason);

}  // namespace wirecopy
