// Disjoint sets with path halving and union by smaller element (Tarjan and van Leeuwen 1984).
#pragma once

#include <cstdint>
#include <memory_resource>
#include <numeric>
#include <utility>
#include <vector>

namespace wirecopy {

/// Sets over 0..size-1. A set is named by its smallest element, so names do not depend on the order of unions.
/// find and unite: O(log size) amortised. Not thread-safe.
class UnionFind {
 public:
  explicit UnionFind(std::uint32_t size, std::pmr::memory_resource* memory = std::pmr::new_delete_resource())
      : parent_(size, memory) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  /// The smallest element of the set that holds `element`.
  [[nodiscard]] std::uint32_t find(std::uint32_t element) {
    while (parent_[element] != element) {
      parent_[element] = parent_[parent_[element]];
      element = parent_[element];
    }
    return element;
  }

  /// Joins the sets of `a` and `b`; false if they were already the same set.
  bool unite(std::uint32_t a, std::uint32_t b) {
    a = find(a), b = find(b);
    if (a == b) return false;
    if (b < a) std::swap(a, b);
    parent_[b] = a;
    return true;
  }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(parent_.size()); }

 private:
  std::pmr::vector<std::uint32_t> parent_;
};

}  // namespace wirecopy
