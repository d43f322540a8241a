// Finds which of some hundred names is at a position of a text.
//
// Nearly every look-up finds nothing, and should cost only a few nanoseconds. Names are chained by their first four
// bytes (and again by their last four), the longest first; shorter names are chained by two bytes. At most positions of
// a text the chain is empty.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "provenance/four_bytes.hpp"

namespace wirecopy {

/// Names with values. Immutable once built, so any number of threads may share it.
template <typename Value>
class NameTable {
 public:
  struct Entry {
    std::string_view name;
    Value value{};
  };

  NameTable() = default;
  /// Names must have two or more bytes and outlive the table; of equal ones the first counts. At most 65,534.
  explicit NameTable(std::vector<Entry> entries) : entries_(std::move(entries)) {
    forward_.links.resize(entries_.size() + 1);
    backward_.links.resize(entries_.size() + 1);
    for (std::size_t i = entries_.size(); i-- > 0;) {
      const std::string_view name = entries_[i].name;
      insert(forward_, i, prefix_of(name), pair_at(name, 0));
      insert(backward_, i, suffix_of(name), pair_at(name, name.size() - 2));
    }
  }

  /// The longest name that `text` begins with, or null.
  [[nodiscard]] const Entry* at_begin(std::string_view text) const {
    if (text.size() < 2) return nullptr;
    const auto has_name = [&](const Entry& entry) { return text.starts_with(entry.name); };
    return find(forward_, first_four(text), pair_at(text, 0), has_name);
  }

  /// The longest name that `text` ends with, or null.
  [[nodiscard]] const Entry* at_end(std::string_view text) const {
    if (text.size() < 2) return nullptr;
    const auto has_name = [&](const Entry& entry) { return text.ends_with(entry.name); };
    return find(backward_, last_four(text), pair_at(text, text.size() - 2), has_name);
  }

 private:
  struct Link {
    FourBytes bytes;
    std::uint16_t next = 0;  // entries are numbered from 1; 0 ends a chain
  };
  struct Chains {
    std::array<std::uint16_t, 2048> by_four{};
    std::array<std::uint16_t, 256> by_two{};
    std::vector<Link> links;  // by number
  };

  static std::size_t chain_of_four(std::uint32_t four) { return (four * 0x9E3779B1U) >> 21; }
  static std::size_t pair_at(std::string_view text, std::size_t at) {
    return (static_cast<unsigned char>(text[at]) * 37U + static_cast<unsigned char>(text[at + 1])) & 255U;
  }

  template <typename HasName>
  const Entry* find(const Chains& chains, std::uint32_t four, std::size_t pair, HasName&& has_name) const {
    for (const std::uint16_t head : {chains.by_four[chain_of_four(four)], chains.by_two[pair]}) {
      for (std::uint16_t i = head; i != 0; i = chains.links[i].next) {
        if (chains.links[i].bytes.match(four) && has_name(entries_[i - 1])) return &entries_[i - 1];
      }
    }
    return nullptr;
  }

  /// Inserts an entry before the first one of its chain that is not longer.
  void insert(Chains& chains, std::size_t entry, FourBytes bytes, std::size_t pair) {
    const std::size_t size = entries_[entry].name.size();
    std::uint16_t* at = size >= 4 ? &chains.by_four[chain_of_four(bytes.word)] : &chains.by_two[pair];
    while (*at != 0 && entries_[*at - 1].name.size() > size) at = &chains.links[*at].next;
    chains.links[entry + 1] = {bytes, *at};
    *at = static_cast<std::uint16_t>(entry + 1);
  }

  std::vector<Entry> entries_;
  Chains forward_, backward_;
};

}  // namespace wirecopy
