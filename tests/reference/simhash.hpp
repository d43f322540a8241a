// SimHash bit by bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirecopy::reference {

inline std::uint64_t simhash(const std::vector<std::uint64_t>& shingles) {
  std::uint64_t result = 0;
  for (unsigned bit = 0; bit < 64; ++bit) {
    std::size_t ones = 0;
    for (const std::uint64_t shingle : shingles) ones += shingle >> bit & 1;
    if (2 * ones > shingles.size()) result |= std::uint64_t{1} << bit;
  }
  return result;
}

}  // namespace wirecopy::reference
