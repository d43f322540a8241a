// Validating decoder for UTF-8, one code point at a time.
#pragma once

#include <cstdint>
#include <string>

namespace wirecopy {

inline constexpr char32_t kReplacement = 0xFFFD;

/// A code point and its length in bytes (at least 1).
struct Decoded {
  char32_t code_point = kReplacement;
  unsigned size = 1;
};

/// Decodes the code point at `at` (`at` < `end`). Ill-formed bytes give U+FFFD once for each maximal subpart (Unicode
/// 15, section 3.9): overlong forms, surrogates, values above U+10FFFF, stray continuation bytes, truncated sequences.
[[nodiscard]] inline Decoded decode_utf8(const unsigned char* at, const unsigned char* end) {
  const unsigned char lead = *at;
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xC2 || lead > 0xF4) return {};
  const unsigned length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // Only the second byte has a special range, which excludes overlong forms, surrogates and values above U+10FFFF.
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  char32_t code_point = lead & (0x7Fu >> length);
  for (unsigned read = 1; read < length; ++read, low = 0x80, high = 0xBF) {
    if (at + read == end || at[read] < low || at[read] > high) return {kReplacement, read};
    code_point = code_point << 6 | (at[read] & 0x3Fu);
  }
  return {code_point, length};
}

/// The length of a well-formed sequence by its first byte.
[[nodiscard]] inline unsigned sequence_length(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// How to extract a code point from four bytes, by the upper half of the first one.
struct SequenceForm {
  std::uint32_t shift;
  std::uint32_t mask;
};
inline constexpr SequenceForm kSequenceForms[16] = {
    {18, 0x7F}, {18, 0x7F}, {18, 0x7F}, {18, 0x7F}, {18, 0x7F},  {18, 0x7F},  {18, 0x7F},  {18, 0x7F},
    {18, 0x7F}, {18, 0x7F}, {18, 0x7F}, {18, 0x7F}, {12, 0x7FF}, {12, 0x7FF}, {6, 0xFFFF}, {0, 0x1FFFFF},
};

/// The code point of a well-formed sequence. Without branches; four bytes must be readable.
[[nodiscard]] inline char32_t decode_well_formed(const unsigned char* at) {
  const std::uint32_t all =
      static_cast<std::uint32_t>(at[0]) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
  const SequenceForm& form = kSequenceForms[at[0] >> 4];
  return all >> form.shift & form.mask;
}

/// Writes the UTF-8 of a code point (a scalar value) to `bytes`; returns its size, 1 to 4.
inline unsigned encode_utf8(char32_t code_point, unsigned char* bytes) {
  if (code_point < 0x80) {
    bytes[0] = static_cast<unsigned char>(code_point);
    return 1;
  }
  const unsigned size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (unsigned at = size - 1; at > 0; --at, code_point >>= 6) {
    bytes[at] = static_cast<unsigned char>(0x80 | (code_point & 0x3F));
  }
  bytes[0] = static_cast<unsigned char>((0xF00u >> size & 0xFF) | code_point);
  return size;
}

inline void append_utf8(char32_t code_point, std::string& text) {
  unsigned char bytes[4];
  text.append(reinterpret_cast<const char*>(bytes), encode_utf8(code_point, bytes));
}

}  // namespace wirecopy
