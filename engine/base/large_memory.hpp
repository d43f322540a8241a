// Memory for large arrays: huge pages where the system has them, and nothing written that is not asked for.
//
// The first touch of a page of 4 KiB costs about two microseconds, half of it before and behind the clearing: a feed's
// tokens, records and pairs used to cost an eighth of a run that way. Of arrays of 2 MiB and more the whole huge pages
// are asked for (madvise MADV_HUGEPAGE); a system without them gives ordinary ones. What is smaller is the heap's.
//
//   LargeArray<std::uint64_t> keys;               // a std::vector whose resize() does not fill
//   std::pmr::vector<Pair> pairs(large_memory());  // the same memory for a polymorphic allocator
//   LargeArray<Pair> more(corpus.memory());        // the same kind of array in other memory
#pragma once

#include <cstddef>
#include <memory_resource>
#include <new>
#include <type_traits>
#include <vector>

namespace wirecopy {

/// Bytes aligned as for operator new or better. Throws std::bad_alloc.
[[nodiscard]] void* allocate_large(std::size_t bytes);
void deallocate_large(void* at, std::size_t bytes) noexcept;

/// Gives the system back what lies free in the heap, where that is known how: for who has a bound to keep and has freed
/// much. Takes milliseconds.
void release_free_memory() noexcept;

/// allocate_large() as a memory resource: one for all, thread-safe.
[[nodiscard]] std::pmr::memory_resource* large_memory();

/// An allocator from there, or from another resource. Elements that are made without a value are left uninitialised.
template <typename T>
class LargeArrayAllocator {
 public:
  using value_type = T;
  using propagate_on_container_copy_assignment = std::true_type;
  using propagate_on_container_move_assignment = std::true_type;
  using propagate_on_container_swap = std::true_type;

  LargeArrayAllocator(std::pmr::memory_resource* memory = large_memory()) : memory_(memory) {}
  template <typename U>
  LargeArrayAllocator(const LargeArrayAllocator<U>& other) : memory_(other.memory()) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(memory_->allocate(count * sizeof(T), alignof(T)));
  }
  void deallocate(T* at, std::size_t count) noexcept { memory_->deallocate(at, count * sizeof(T), alignof(T)); }
  [[nodiscard]] std::pmr::memory_resource* memory() const { return memory_; }

  template <typename U>
  void construct(U* at) {
    ::new (static_cast<void*>(at)) U;
  }

  friend bool operator==(const LargeArrayAllocator& a, const LargeArrayAllocator& b) {
    return *a.memory_ == *b.memory_;
  }

 private:
  std::pmr::memory_resource* memory_;
};

/// For trivial elements: resize() leaves the new ones uninitialised.
template <typename T>
using LargeArray = std::vector<T, LargeArrayAllocator<T>>;

}  // namespace wirecopy
