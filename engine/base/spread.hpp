// Partitions many small items, so that each partition can be processed by itself.
//
// Sorting or counting hundreds of millions of items at once misses the cache at every step. If they are first
// distributed over partitions by a hash or a range, each partition fits into the cache. Items are appended to pieces of
// a few pages, so nothing moves when a partition grows. The pieces of a finished partition are reused for whatever is
// partitioned next, because touching fresh memory for the first time costs more than everything else.
//
//   PiecePool pool(memory, piece_bytes);                    // one per thread
//   Spread<Record> records(parts);                          // one per thread
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

/// A pool of equally large pieces of memory, for one thread. A piece may be returned to another thread's pool, as long
/// as no pool is used after the first of them is destroyed.
class PiecePool {
 public:
  static constexpr std::size_t kMaxSlab = std::size_t{2} << 20;

  /// `piece_bytes`: a multiple of 8. `memory` provides slabs: the first has `slab_bytes`, and each further one twice as
  /// many, up to kMaxSlab. Both sizes are powers of two, with slab_bytes >= piece_bytes.
  PiecePool(std::pmr::memory_resource* memory, std::size_t piece_bytes, std::size_t slab_bytes)
      : memory_(memory), piece_bytes_(piece_bytes), slab_bytes_(slab_bytes) {}
  ~PiecePool() {
    for (const std::span<std::byte> slab : slabs_) memory_->deallocate(slab.data(), slab.size());
  }
  PiecePool(const PiecePool&) = delete;
  PiecePool& operator=(const PiecePool&) = delete;

  [[nodiscard]] std::size_t piece_bytes() const { return piece_bytes_; }
  /// Returns an uninitialised piece.
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

/// One thread's items by partition. T must be trivially copyable and not larger than a piece.
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

  /// The number of items in a partition. O(1).
  [[nodiscard]] std::size_t size(std::size_t part) const {
    const auto left = static_cast<std::size_t>(cursors_[part].end - cursors_[part].next);
    return pieces_[part].size() * items_per_piece_ - left;
  }

  /// Calls `use(item)` for the items of a partition, in the order in which they were added.
  template <typename Use>
  void for_each(std::size_t part, Use use) const {
    std::size_t left = size(part);
    for (const std::byte* piece : pieces_[part]) {
      const T* const items = std::launder(reinterpret_cast<const T*>(piece));
      const std::size_t here = left < items_per_piece_ ? left : items_per_piece_;
      for (std::size_t i = 0; i < here; ++i) use(items[i]);
      left -= here;
    }
  }

  /// Empties a partition and returns its pieces to `pool`.
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
    items_per_piece_ = pool.piece_bytes() / sizeof(T);
    pieces_[part].push_back(pool.take());
    T* const first = reinterpret_cast<T*>(pieces_[part].back());
    cursors_[part] = {first, first + items_per_piece_};
  }

  std::size_t items_per_piece_ = 0;
  std::vector<Cursor> cursors_;  // separate from the pieces: all that add() accesses in the common case
  std::vector<std::vector<std::byte*>> pieces_;
};

}  // namespace wirecopy
