// HTML character references: &amp;, &#8217;, &#x2019;.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy {

/// A decoded character reference; `size` is 0 if there is none.
struct Entity {
  char32_t code_point = 0;
  std::size_t size = 0;  ///< length of the reference in bytes, from & to ;
};

/// Decodes the reference at the beginning of `text`, which begins with &: numeric ones, the 252 names of HTML 4 and
/// "apos", all with their semicolon. Numbers 128 to 159 mean Windows-1252, as in browsers; 0 and numbers that are not
/// Unicode scalar values give U+FFFD. Reads at most 12 bytes.
[[nodiscard]] Entity decode_entity(std::string_view text);

}  // namespace wirecopy
