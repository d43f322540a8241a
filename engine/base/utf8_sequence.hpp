// Decodes UTF-8 code points and detects ill-formed sequences.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy {

/// The first sequence of a text that starts with a byte of 0x80 or more.
struct Utf8Sequence {
  std::size_t size;     ///< bytes of the code point, or of the maximal ill-formed piece (Unicode 15, section 3.9)
  char32_t code_point;  ///< 0 if it is ill-formed
};

/// Table 3-7 of the Unicode standard: the range of the second byte depends on the first; all later bytes are 80 to BF.
inline Utf8Sequence read_sequence(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char lead = byte(0);
  if (lead < 0xC2 || lead > 0xF4) return {1, 0};
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  char32_t code_point = lead & (0x7FU >> size);
  for (std::size_t at = 1; at < size; ++at, low = 0x80, high = 0xBF) {
    if (at >= text.size() || byte(at) < low || byte(at) > high) return {at, 0};
    code_point = (code_point << 6) | (byte(at) & 0x3FU);
  }
  return {size, code_point};
}

}  // namespace wirecopy
