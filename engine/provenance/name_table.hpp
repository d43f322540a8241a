// Finds which of some hundred names stands at a place of a text.
//
// Nearly every look-up finds nothing, and should cost a few nanoseconds: names are chained by their first two bytes
// (and once more by their last two), the longest first, and the heads of the chains fit into the first-level cache.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

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
  /// Names have two bytes or more and must outlive the table; of equal ones the first counts. At most 32,767.
  explicit NameTable(std::vector<Entry> entries) : entries_(std::move(entries)) {
    next_.resize(entries_.size());
    next_reversed_.resize(entries_.size());
    for (std::size_t i = entries_.size(); i-- > 0;) {
      const std::string_view name = entries_[i].name;
      insert(first_[chain(name[0], name[1])], next_, i);
      insert(last_[chain(name[name.size() - 2], name[name.size() - 1])], next_reversed_, i);
    }
  }

  /// The longest name that `text` begins with, or null.
  [[nodiscard]] const Entry* at_begin(std::string_view text) const {
    if (text.size() < 2) return nullptr;
    for (std::uint16_t i = first_[chain(text[0], text[1])]; i != 0; i = next_[i - 1]) {
      if (text.starts_with(entries_[i - 1].name)) return &entries_[i - 1];
    }
    return nullptr;
  }

  /// The longest name that `text` ends with, or null.
  [[nodiscard]] const Entry* at_end(std::string_view text) const {
    if (text.size() < 2) return nullptr;
    for (std::uint16_t i = last_[chain(text[text.size() - 2], text.back())]; i != 0; i = next_reversed_[i - 1]) {
      if (text.ends_with(entries_[i - 1].name)) return &entries_[i - 1];
    }
    return nullptr;
  }

 private:
  using Chains = std::array<std::uint16_t, 2048>;  // numbers from 1; 0 ends a chain

  static std::size_t chain(char a, char b) {
    return (static_cast<unsigned char>(a) * 37U + static_cast<unsigned char>(b)) & 2047U;
  }

  /// Puts an entry before the first one of its chain that is not longer.
  void insert(std::uint16_t& head, std::vector<std::uint16_t>& next, std::size_t entry) {
    std::uint16_t* link = &head;
    while (*link != 0 && entries_[*link - 1].name.size() > entries_[entry].name.size()) link = &next[*link - 1];
    next[entry] = *link;
    *link = static_cast<std::uint16_t>(entry + 1);
  }

  std::vector<Entry> entries_;
  Chains first_{}, last_{};
  std::vector<std::uint16_t> next_, next_reversed_;
};

}  // namespace wirecopy
