#include "base/large_memory.hpp"

#include <sys/mman.h>

namespace wirecopy {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr auto kAlignment = std::align_val_t{kHugePage};

class LargeMemory final : public std::pmr::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t /*alignment*/) override { return allocate_large(bytes); }
  void do_deallocate(void* at, std::size_t bytes, std::size_t /*alignment*/) override { deallocate_large(at, bytes); }
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

}  // namespace

// Only whole huge pages: so no more memory is occupied than by small ones, but for a part of the last that is in use.
void* allocate_large(std::size_t bytes) {
  if (bytes < kHugePage) return ::operator new(bytes);
  void* const at = ::operator new(bytes, kAlignment);
  ::madvise(at, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);  // what it says is of no consequence
  return at;
}

void deallocate_large(void* at, std::size_t bytes) noexcept {
  bytes < kHugePage ? ::operator delete(at) : ::operator delete(at, kAlignment);
}

std::pmr::memory_resource* large_memory() {
  static LargeMemory memory;
  return &memory;
}

}  // namespace wirecopy
