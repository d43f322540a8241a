// Appending to an array that is in files, bit by bit.
//
// A vector that grows copies all that it holds, and the pages of both copies would be mapped at the same time: of an
// array of a gigabyte, two. So it is copied in pieces, and memory is relieved between two of them.
#pragma once

#include <algorithm>
#include <memory_resource>
#include <span>
#include <utility>
#include <vector>

#include "pipeline/run_context.hpp"

namespace wirecopy {

/// Appends in pieces of about a megabyte; there must be room.
template <typename T>
void append_in_pieces(std::pmr::vector<T>& array, std::span<const T> more, const RunContext& context) {
  constexpr std::size_t kPiece = (std::size_t{1} << 20) / sizeof(T);
  while (!more.empty()) {
    context.relieve_memory();
    const std::span<const T> piece = more.first(std::min(kPiece, more.size()));
    array.insert(array.end(), piece.begin(), piece.end());
    more = more.subspan(piece.size());
  }
}

/// Makes room for so many in all, at least twice what there was.
template <typename T>
void grow(std::pmr::vector<T>& array, std::size_t total, const RunContext& context) {
  if (total <= array.capacity()) return;
  std::pmr::vector<T> larger(array.get_allocator());
  larger.reserve(std::max(total, 2 * array.capacity()));
  append_in_pieces(larger, std::span<const T>(array), context);
  array = std::move(larger);
}

}  // namespace wirecopy
