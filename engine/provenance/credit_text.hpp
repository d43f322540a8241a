// The surroundings of an agency's name: spaces, dashes, brackets, ends of words and of sentences, in UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

#include "provenance/credit_signs.hpp"

namespace wirecopy {

/// The length of the sign of that kind that `text` begins with, or 0. Dashes include "--", "_" and &mdash;
[[nodiscard]] inline std::size_t space_at(std::string_view text) { return sign_at(text, space_sign); }
[[nodiscard]] inline std::size_t dash_at(std::string_view text) { return sign_at(text, dash_sign); }
[[nodiscard]] inline std::size_t open_bracket_at(std::string_view text) { return sign_at(text, opening_sign); }
[[nodiscard]] inline std::size_t close_bracket_at(std::string_view text) { return sign_at(text, closing_sign); }

/// The same for the end of `text`.
[[nodiscard]] inline std::size_t space_before(std::string_view text) { return sign_before(text, space_sign); }
[[nodiscard]] inline std::size_t dash_before(std::string_view text) { return sign_before(text, dash_sign); }
[[nodiscard]] inline std::size_t close_bracket_before(std::string_view text) { return sign_before(text, closing_sign); }

[[nodiscard]] inline std::string_view trim_left(std::string_view text) {
  while (const std::size_t size = space_at(text)) text.remove_prefix(size);
  return text;
}
[[nodiscard]] inline std::string_view trim_right(std::string_view text) {
  while (const std::size_t size = space_before(text)) text.remove_suffix(size);
  return text;
}
[[nodiscard]] inline std::string_view trim(std::string_view text) { return trim_left(trim_right(text)); }
/// Like trim_left(), but also removes quotation marks and bullets.
[[nodiscard]] inline std::string_view trim_marks_left(std::string_view text) {
  constexpr unsigned kMarks = space_sign | quote_sign | bullet_sign;
  while (const std::size_t size = sign_at(text, kMarks)) text.remove_prefix(size);
  return text;
}
/// Like trim_right(), but also removes full stops, asterisks and quotation marks.
[[nodiscard]] std::string_view trim_stop_right(std::string_view text);

/// Whether a name followed by `rest` ends there: "AP" does before " -", not before "Photo", "-ENPS", "'s" or ".ru".
[[nodiscard]] bool is_word_end(std::string_view rest);
/// Whether `text` ends in a full stop of any script, possibly followed by closing quotes.
[[nodiscard]] bool is_sentence_end(std::string_view text);

}  // namespace wirecopy
