// Memory for large arrays: huge pages where available, and no initialisation that was not requested.
//
// The first access to a 4 KiB page costs about two microseconds, half of it in addition to clearing the page. For a
// feed's tokens, records and pairs that used to be an eighth of a run. Arrays of 2 MiB and more request huge pages for
// all whole huge pages (madvise MADV_HUGEPAGE); systems without them provide ordinary pages. Smaller arrays come from
// the heap.
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

/// Allocates bytes with at least the alignment of operator new. Throws std::bad_alloc.
[[nodiscard]] void* allocate_large(std::size_t bytes);
void deallocate_large(void* at, std::size_t bytes) noexcept;

/// Returns free heap memory to the system, where the allocator supports it. For callers that must stay within a bound
/// and have just freed much. Takes milliseconds.
void release_free_memory() noexcept;

/// allocate_large() as a memory resource. One shared instance; thread-safe.
[[nodiscard]] std::pmr::memory_resource* large_memory();

/// An allocator for that or another memory resource. Elements constructed without a value stay uninitialised.
template <typename T>
class LargeArrayAllocator {
 public:
  // The names are those of the standard. NOLINTBEGIN(readability-identifier-naming)
  using value_type = T;
  using propagate_on_container_copy_assignment = std::true_type;
  using propagate_on_container_move_assignment = std::true_type;
  using propagate_on_container_swap = std::true_type;
  // NOLINTEND(readability-identifier-naming)

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

/// A vector of trivial elements: resize() leaves new elements uninitialised.
template <typename T>
using LargeArray = std::vector<T, LargeArrayAllocator<T>>;

}  // namespace wirecopy
