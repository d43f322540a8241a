// The first or last four bytes of a text as one word, compared at once before anything is compared byte by byte.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace wirecopy {

/// Four bytes to compare texts with. The mask excludes bytes from the comparison if there are fewer than four.
struct FourBytes {
  std::uint32_t word = 0;
  std::uint32_t mask = 0;

  [[nodiscard]] bool match(std::uint32_t other) const { return (other & mask) == word; }
};

/// The first four bytes of `text`, padded with zeros.
[[nodiscard]] inline std::uint32_t first_four(std::string_view text) {
  std::uint32_t word = 0;
  if (text.size() >= 4) {
    std::memcpy(&word, text.data(), 4);
  } else {
    std::memcpy(&word, text.data(), text.size());
  }
  return word;
}

/// The last four bytes of `text`, padded with zeros at the front.
[[nodiscard]] inline std::uint32_t last_four(std::string_view text) {
  char bytes[4] = {};
  const std::size_t size = text.size() < 4 ? text.size() : 4;
  std::memcpy(bytes + 4 - size, text.data() + text.size() - size, size);
  std::uint32_t word = 0;
  std::memcpy(&word, bytes, 4);
  return word;
}

[[nodiscard]] inline FourBytes prefix_of(std::string_view text) {
  constexpr std::string_view kAll = "\xFF\xFF\xFF\xFF";
  return {first_four(text), first_four(kAll.substr(0, text.size()))};
}

[[nodiscard]] inline FourBytes suffix_of(std::string_view text) {
  constexpr std::string_view kAll = "\xFF\xFF\xFF\xFF";
  return {last_four(text), last_four(kAll.substr(0, text.size()))};
}

}  // namespace wirecopy
