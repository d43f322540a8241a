// Random text that is hard to normalise: many scripts, marks, ignorable code points, and invalid UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "text/utf8.hpp"

namespace wirecopy::reference {

/// Inclusive ranges of code points; each alphabet has a few of them.
using Ranges = std::vector<std::pair<char32_t, char32_t>>;

inline const std::vector<Ranges>& sample_alphabets() {
  static const std::vector<Ranges> alphabets = {
      {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {' ', '/'}, {':', '@'}, {'[', '`'}},
      {{0xA0, 0x24F}},                                                               // Latin
      {{0x300, 0x36F}, {'a', 'e'}, {'A', 'E'}},                                      // combining marks
      {{0x370, 0x3FF}, {0x1F00, 0x1FFF}, {0x345, 0x345}},                            // Greek
      {{0x400, 0x52F}},                                                              // Cyrillic
      {{0x590, 0x5FF}, {0xFB1D, 0xFB4F}},                                            // Hebrew
      {{0x600, 0x6FF}, {0x64B, 0x655}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFF}},          // Arabic
      {{0x900, 0x9FF}, {0x93C, 0x93C}, {0x9BC, 0x9D7}},                              // Devanagari, Bengali
      {{0xB00, 0xDFF}},                                                              // more Brahmic scripts
      {{0xE00, 0xEFF}, {0xE31, 0xE4E}, {0xEB1, 0xECD}},                              // Thai, Lao
      {{0x1000, 0x109F}, {0x102D, 0x103E}, {0x1780, 0x17FF}, {0xA9E0, 0xAA7F}},      // Myanmar, Khmer
      {{0x3000, 0x30FF}, {0x3099, 0x309C}, {0xFF61, 0xFF9F}},                        // kana
      {{0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x20100}, {0x2F800, 0x2FA1F}},  // Han
      {{0x1100, 0x11FF}, {0xAC00, 0xAC80}, {0x3130, 0x318F}},                        // Hangul
      {{0x2000, 0x206F}, {0xAD, 0xAD}, {0xFE00, 0xFE0F}, {0xE0100, 0xE0110}},        // punctuation, ignorable ones
      {{0x2070, 0x27BF}, {0x3200, 0x33FF}, {0xFF00, 0xFFEF}, {0xFB00, 0xFB17}},      // compatibility forms
      {{0x1F300, 0x1F6FF}, {0x1D400, 0x1D7FF}, {0x1D15E, 0x1D172}, {0x11000, 0x11700}},
      {{'\'', '\''}, {'`', '`'}, {0x2018, 0x2019}, {0x2BC, 0x2BC}, {0xB4, 0xB4}, {0x5F3, 0x5F3}},
      {{0, 0x2FFFF}},
      {{0x200B, 0x200D}, {0x61, 0x63}, {0x301, 0x301}, {0x323, 0x323}, {0x27, 0x27}, {0x3D, 0x3D}, {0x338, 0x338}},
  };
  return alphabets;
}

inline char32_t sample_code_point(RandomStream& random, const Ranges& ranges) {
  const auto [first, last] = ranges[random.below(static_cast<std::uint32_t>(ranges.size()))];
  const char32_t code_point = first + random.below(last - first + 1);
  return code_point >= 0xD800 && code_point < 0xE000 ? U'x' : code_point;
}

/// Up to `max_size` code points of up to three alphabets; `broken` of 256 are replaced by a random byte.
inline std::string sample_text(RandomStream& random, std::uint32_t max_size, std::uint32_t broken) {
  const auto& alphabets = sample_alphabets();
  const Ranges* chosen[3];
  for (const Ranges*& one : chosen) one = &alphabets[random.below(static_cast<std::uint32_t>(alphabets.size()))];
  const std::uint32_t ascii = random.below(256);
  std::string text;
  for (std::uint32_t left = random.below(max_size + 1); left > 0; --left) {
    const Ranges& ranges = random.below(256) < ascii ? alphabets[0] : *chosen[random.below(3)];
    if (random.below(256) < broken)
      text += static_cast<char>(random.below(256));
    else
      append_utf8(sample_code_point(random, ranges), text);
  }
  return text;
}

}  // namespace wirecopy::reference
