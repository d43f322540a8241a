// Finds which of some hundred names stands at a place of a text.
//
// Nearly every look-up finds nothing, and should cost a few nanoseconds: names are chained by their first two bytes
// (and once more by their last two), the longest first, and most links of a chain are passed by one comparison of four
// bytes.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "provenance/four_bytes.hpp"

namespace wirecopy {

/// Names with a value each. Immutable once built, so that any number of threads may share it.
template <typename Value>
class NameTable {
 public:
  struct Entry {
    std::string_view name;
    Value value{};
  };

  NameTable() = default;
  /// Names have two bytes or more and must outlive the table; of equal ones the first counts. At most 65,534.
  explicit NameTable(std::vector<Entry> entries) : entries_(std::move(entries)) {
    forward_.links.resize(entries_.size() + 1);
    backward_.links.resize(entries_.size() + 1);
    for (std::size_t i = entries_.size(); i-- > 0;) {
      const std::string_view name = entries_[i].name;
      insert(forward_, forward_.heads[chain(name[0], name[1])], i, prefix_of(name));
      insert(backward_, backward_.heads[chain(name[name.size() - 2], name.back())], i, suffix_of(name));
    }
  }

  /// The longest name that `text` begins with, or null.
  [[nodiscard]] const Entry* at_begin(std::string_view text) const {
    if (text.size() < 2) return nullptr;
    std::uint16_t i = forward_.heads[chain(text[0], text[1])];
    if (i == 0) return nullptr;
    for (const std::uint32_t four = first_four(text); i != 0; i = forward_.links[i].next) {
      if (forward_.links[i].bytes.match(four) && text.starts_with(entries_[i - 1].name)) return &entries_[i - 1];
    }
    return nullptr;
  }

  /// The longest name that `text` ends with, or null.
  [[nodiscard]] const Entry* at_end(std::string_view text) const {
    if (text.size() < 2) return nullptr;
    std::uint16_t i = backward_.heads[chain(text[text.size() - 2], text.back())];
    if (i == 0) return nullptr;
    for (const std::uint32_t four = last_four(text); i != 0; i = backward_.links[i].next) {
      if (backward_.links[i].bytes.match(four) && text.ends_with(entries_[i - 1].name)) return &entries_[i - 1];
    }
    return nullptr;
  }

 private:
  struct Link {
    FourBytes bytes;
    std::uint16_t next = 0;  // entries are numbered from 1; 0 ends a chain
  };
  struct Chains {
    std::array<std::uint16_t, 2048> heads{};
    std::vector<Link> links;  // by number
  };

  static std::size_t chain(char a, char b) {
    return (static_cast<unsigned char>(a) * 37U + static_cast<unsigned char>(b)) & 2047U;
  }

  /// Puts an entry before the first one of its chain that is not longer.
  void insert(Chains& chains, std::uint16_t& head, std::size_t entry, FourBytes bytes) {
    std::uint16_t* at = &head;
    while (*at != 0 && entries_[*at - 1].name.size() > entries_[entry].name.size()) at = &chains.links[*at].next;
    chains.links[entry + 1] = {bytes, *at};
    *at = static_cast<std::uint16_t>(entry + 1);
  }

  std::vector<Entry> entries_;
  Chains forward_, backward_;
};

}  // namespace wirecopy
