#include "base/large_memory.hpp"

#include <sys/mman.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <cstdint>

namespace wirecopy {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

// A multiple of every page size in use (64 KiB on some machines).
constexpr std::size_t whole_pages(std::size_t bytes) {
  constexpr std::size_t kPage = std::size_t{64} << 10;
  return (bytes + kPage - 1) / kPage * kPage;
}

class LargeMemory final : public std::pmr::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t /*alignment*/) override { return allocate_large(bytes); }
  void do_deallocate(void* at, std::size_t bytes, std::size_t /*alignment*/) override { deallocate_large(at, bytes); }
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

}  // namespace

// Mapped rather than taken from the heap, where large aligned arrays that come and go would leave gaps. Huge pages are
// requested for whole huge pages only, so they occupy no more memory than small pages would, except for the unused part
// of the last one in use.
void* allocate_large(std::size_t bytes) {
  if (bytes < kHugePage) return ::operator new(bytes);
  const std::size_t mapped = whole_pages(bytes) + kHugePage;
  void* const at = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) throw std::bad_alloc();
  const std::size_t before = (kHugePage - reinterpret_cast<std::uintptr_t>(at) % kHugePage) % kHugePage;
  char* const begin = static_cast<char*>(at) + before;
  if (before != 0) ::munmap(at, before);
  ::munmap(begin + whole_pages(bytes), kHugePage - before);
  ::madvise(begin, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);  // only a hint: a failure does not matter
  return begin;
}

void deallocate_large(void* at, std::size_t bytes) noexcept {
  if (bytes < kHugePage) {  // not a conditional expression: clang 14 evaluated both sides of one
    ::operator delete(at);
  } else {
    ::munmap(at, whole_pages(bytes));
  }
}

void release_free_memory() noexcept {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

std::pmr::memory_resource* large_memory() {
  static LargeMemory memory;
  return &memory;
}

}  // namespace wirecopy
