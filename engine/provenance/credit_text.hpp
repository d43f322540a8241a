// What stands beside an agency's name: spaces, dashes, brackets, ends of words and of sentences, as UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy {

/// Bytes of the sign of that kind that `text` begins with; 0 if with none.
[[nodiscard]] std::size_t space_at(std::string_view text);
[[nodiscard]] std::size_t dash_at(std::string_view text);  ///< also "--", "_" and &mdash;
[[nodiscard]] std::size_t open_bracket_at(std::string_view text);
[[nodiscard]] std::size_t close_bracket_at(std::string_view text);

/// The same for its end.
[[nodiscard]] std::size_t space_before(std::string_view text);
[[nodiscard]] std::size_t dash_before(std::string_view text);
[[nodiscard]] std::size_t close_bracket_before(std::string_view text);

[[nodiscard]] std::string_view trim_left(std::string_view text);
[[nodiscard]] std::string_view trim_right(std::string_view text);
[[nodiscard]] inline std::string_view trim(std::string_view text) { return trim_left(trim_right(text)); }
/// The same with quotation marks and bullets.
[[nodiscard]] std::string_view trim_marks_left(std::string_view text);
/// The same with full stops and quotation marks.
[[nodiscard]] std::string_view trim_stop_right(std::string_view text);

/// Whether a name that `rest` follows ends there: "AP" does before " -", not before "Photo", "-ENPS", "'s" or ".ru".
[[nodiscard]] bool is_word_end(std::string_view rest);
/// Whether `text` ends where a sentence does: in a full stop of any script, closing quotes after it not counted.
[[nodiscard]] bool is_sentence_end(std::string_view text);

}  // namespace wirecopy
