// Rules out, by testing two bits, that a position of a text has a name of a given set (a Bloom filter; Bloom 1970).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "provenance/four_bytes.hpp"

namespace wirecopy {

/// The beginnings (or ends) of names: four bytes if they have that many, otherwise two. With a thousand names, about
/// one position in twenty passes by chance. Immutable once filled, so any number of threads may share it.
class NameFilter {
 public:
  enum class Side { begin, end };
  explicit NameFilter(Side side) : side_(side) {}

  void add(std::string_view name) { set(name.size() >= 4 ? four_bit(name) : two_bit(name)); }

  /// False if `text` certainly has no name of two or more bytes at the filter's side.
  [[nodiscard]] bool may_match(std::string_view text) const {
    return text.size() >= 2 && (has(four_bit(text)) | has(two_bit(text))) != 0;
  }

 private:
  [[nodiscard]] std::uint32_t four_bit(std::string_view text) const {
    return ((side_ == Side::begin ? first_four(text) : last_four(text)) * 0x9E3779B1U) >> 18;
  }
  [[nodiscard]] std::uint32_t two_bit(std::string_view text) const {
    const std::size_t at = side_ == Side::begin ? 0 : text.size() - 2;
    const std::uint32_t two = static_cast<unsigned char>(text[at]) * 256U + static_cast<unsigned char>(text[at + 1]);
    return (two * 0x85EBCA6BU) >> 18;
  }
  void set(std::uint32_t bit) { bits_[bit / 64] |= std::uint64_t{1} << (bit % 64); }
  [[nodiscard]] unsigned has(std::uint32_t bit) const { return bits_[bit / 64] >> (bit % 64) & 1U; }

  Side side_;
  std::array<std::uint64_t, 256> bits_{};  // 2^14 bits
};

}  // namespace wirecopy
