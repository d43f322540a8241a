// The length of a longest common subsequence, by the textbook algorithm.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace wirecopy::reference {

template <typename Item>
std::size_t longest_common_subsequence(std::span<const Item> first, std::span<const Item> second) {
  std::vector<std::size_t> row(second.size() + 1, 0);
  for (const Item& item : first) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < second.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = item == second[j] ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace wirecopy::reference
