// Memory for large arrays: huge pages where the system has them, and nothing written that is not asked for.
//
// The first touch of a page of 4 KiB costs about two microseconds, half of it before and behind the clearing: a feed's
// tokens, records and pairs used to cost an eighth of a run that way. Of arrays of 2 MiB and more the whole huge pages
// are asked for (madvise MADV_HUGEPAGE); a system without them gives ordinary ones. What is smaller is the heap's.
//
//   LargeArray<std::uint64_t> keys;               // a std::vector whose resize() does not fill
//   std::pmr::vector<Pair> pairs(large_memory());  // the same memory for a polymorphic allocator
#pragma once

#include <cstddef>
#include <memory_resource>
#include <new>
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

/// An allocator from there. Elements that are made without a value are left uninitialised.
template <typename T>
struct LargeArrayAllocator {
  using value_type = T;

  LargeArrayAllocator() = default;
  template <typename U>
  LargeArrayAllocator(const LargeArrayAllocator<U>&) {}

  [[nodiscard]] T* allocate(std::size_t count) { return static_cast<T*>(allocate_large(count * sizeof(T))); }
  void deallocate(T* at, std::size_t count) noexcept { deallocate_large(at, count * sizeof(T)); }

  template <typename U>
  void construct(U* at) {
    ::new (static_cast<void*>(at)) U;
  }

  friend bool operator==(const LargeArrayAllocator&, const LargeArrayAllocator&) { return true; }
};

/// For trivial elements: resize() leaves the new ones uninitialised.
template <typename T>
using LargeArray = std::vector<T, LargeArrayAllocator<T>>;

}  // namespace wirecopy
