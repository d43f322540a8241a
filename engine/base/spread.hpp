// Many small items, spread over parts, to be worked on part by part.
//
// Sorting or counting hundreds of millions of items at once misses the cache at every step; spread over parts by a hash
// or a range first, each part fits into it. Items are appended to pieces of a few pages, so that nothing is moved when
// a part grows, and what a part leaves behind when it has been worked on is used again for the next thing that is
// spread: memory that was never touched before costs more than all the rest.
//
//   PiecePool pool(memory, piece_bytes);                    // one a thread
//   Spread<Record> records(parts);                          // one a thread
//   records.add(part_of(record), record, pool);
//   records.for_each(part, [&](const Record& record) ...);  // of each thread's Spread
//   records.release(part, pool);                            // to any thread's pool
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory_resource>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace wirecopy {

/// Pieces of memory, all of one size, of one thread. Pieces may go to another thread's pool, as long as no pool is used
/// after the first of them is destroyed.
class PiecePool {
 public:
  static constexpr std::size_t kMaxSlab = std::size_t{2} << 20;

  /// `piece_bytes`: a multiple of 8. `memory` gives slabs: the first of `slab_bytes`, the next of twice as many each,
  /// up to kMaxSlab; both sizes are powers of two, and `slab_bytes` is not the smaller one.
  PiecePool(std::pmr::memory_resource* memory, std::size_t piece_bytes, std::size_t slab_bytes)
      : memory_(memory), piece_bytes_(piece_bytes), slab_bytes_(slab_bytes) {}
  ~PiecePool() {
    for (const std::span<std::byte> slab : slabs_) memory_->deallocate(slab.data(), slab.size());
  }
  PiecePool(const PiecePool&) = delete;
  PiecePool& operator=(const PiecePool&) = delete;

  [[nodiscard]] std::size_t piece_bytes() const { return piece_bytes_; }
  /// A piece that is not initialised.
  [[nodiscard]] std::byte* take() {
    if (free_.empty()) add_slab();
    std::byte* const piece = free_.back();
    free_.pop_back();
    return piece;
  }
  void give(std::byte* piece) { free_.push_back(piece); }

 private:
  void add_slab() {
    slabs_.reserve(slabs_.size() + 1);
    slabs_.emplace_back(static_cast<std::byte*>(memory_->allocate(slab_bytes_)), slab_bytes_);
    for (std::size_t end = slab_bytes_; end != 0; end -= piece_bytes_) {  // so that the first is taken first
      free_.push_back(slabs_.back().data() + end - piece_bytes_);
    }
    slab_bytes_ = std::max(slab_bytes_, std::min(2 * slab_bytes_, kMaxSlab));
  }

  std::pmr::memory_resource* memory_;
  std::size_t piece_bytes_;
  std::size_t slab_bytes_;
  std::vector<std::span<std::byte>> slabs_;
  std::vector<std::byte*> free_;
};

/// One thread's items by part. T is trivial, and not larger than a piece.
template <typename T>
class Spread {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit Spread(std::size_t parts) : cursors_(parts), pieces_(parts) {}

  void add(std::size_t part, const T& item, PiecePool& pool) {
    Cursor& cursor = cursors_[part];
    if (cursor.next == cursor.end) begin_piece(part, pool);
    ::new (static_cast<void*>(cursor.next++)) T(item);
  }

  /// Items of a part. O(1).
  [[nodiscard]] std::size_t size(std::size_t part) const {
    const auto left = static_cast<std::size_t>(cursors_[part].end - cursors_[part].next);
    return pieces_[part].size() * items_of_a_piece_ - left;
  }

  /// Calls `use(item)` for those of a part, in the order in which they were added.
  template <typename Use>
  void for_each(std::size_t part, Use use) const {
    std::size_t left = size(part);
    for (const std::byte* piece : pieces_[part]) {
      const T* const items = std::launder(reinterpret_cast<const T*>(piece));
      const std::size_t here = left < items_of_a_piece_ ? left : items_of_a_piece_;
      for (std::size_t i = 0; i < here; ++i) use(items[i]);
      left -= here;
    }
  }

  /// Empties a part.
  void release(std::size_t part, PiecePool& pool) {
    for (std::byte* piece : std::exchange(pieces_[part], {})) pool.give(piece);
    cursors_[part] = {};
  }

 private:
  struct Cursor {
    T* next = nullptr;
    T* end = nullptr;
  };

  void begin_piece(std::size_t part, PiecePool& pool) {
    items_of_a_piece_ = pool.piece_bytes() / sizeof(T);
    pieces_[part].push_back(pool.take());
    T* const first = reinterpret_cast<T*>(pieces_[part].back());
    cursors_[part] = {first, first + items_of_a_piece_};
  }

  std::size_t items_of_a_piece_ = 0;
  std::vector<Cursor> cursors_;  // apart from the pieces: all that adding looks at
  std::vector<std::vector<std::byte*>> pieces_;
};

}  // namespace wirecopy
