// Asking for memory before it is needed.
//
// What is known of an article lies somewhere in a corpus of gigabytes, and the first look at it waits a tenth of a
// microsecond for memory, as long as hashing a hundred tokens takes. Where the next articles are known, they are asked
// for while one is worked on.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace wirecopy {

/// Asks for the first KiB of an array; the processor asks for the rest by itself once it is read.
template <typename T>
void prefetch(std::span<const T> items) {
  constexpr std::size_t kCacheLine = 64, kMost = 1024;
  const auto* const bytes = reinterpret_cast<const char*>(items.data());
  const std::size_t size = std::min(items.size_bytes(), kMost);
  for (std::size_t at = 0; at < size; at += kCacheLine) __builtin_prefetch(bytes + at);
}

}  // namespace wirecopy
