#include "fuzz/driver/cost.hpp"

#include <atomic>
#include <ctime>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WIRECOPY_HAS_SANITIZER 1
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WIRECOPY_HAS_SANITIZER 1
#endif

#ifdef WIRECOPY_HAS_SANITIZER
#include <sanitizer/allocator_interface.h>
#else
#include <malloc.h>

#include <cstdlib>
#include <new>
#endif

namespace {

thread_local std::uint64_t allocations = 0;
std::atomic<std::uint64_t> bytes_in_use{0}, peak{0};

void count_allocation(std::size_t size) {
  ++allocations;
  const std::uint64_t now = bytes_in_use.fetch_add(size, std::memory_order_relaxed) + size;
  std::uint64_t before = peak.load(std::memory_order_relaxed);
  while (before < now && !peak.compare_exchange_weak(before, now, std::memory_order_relaxed)) {
  }
}

void count_release(std::size_t size) { bytes_in_use.fetch_sub(size, std::memory_order_relaxed); }

double processor_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

#ifdef WIRECOPY_HAS_SANITIZER

namespace {

// Also counts the allocations of C libraries. Memory allocated before the hooks existed is not counted when it is
// freed.
const int hooks = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t size) { count_allocation(size); },
    [](const volatile void* at) {
      if (at == nullptr) return;
      const std::size_t size = __sanitizer_get_allocated_size(const_cast<const void*>(at));
      count_release(std::min<std::size_t>(size, bytes_in_use.load(std::memory_order_relaxed)));
    });

}  // namespace

#else

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  void* const at = std::malloc(size == 0 ? 1 : size);
  if (at != nullptr) count_allocation(::malloc_usable_size(at));
  return at;
}
void* operator new(std::size_t size) {
  if (void* const at = operator new(size, std::nothrow)) return at;
  throw std::bad_alloc();
}
void operator delete(void* at) noexcept {
  if (at != nullptr) count_release(::malloc_usable_size(at));
  std::free(at);
}
void operator delete(void* at, std::size_t) noexcept { operator delete(at); }
void operator delete(void* at, const std::nothrow_t&) noexcept { operator delete(at); }

#endif

namespace wirecopy::fuzz {

CostMeter::CostMeter()
    : seconds_before_(processor_seconds()), bytes_before_(bytes_in_use), allocations_before_(::allocations) {
  peak = bytes_before_;
}

double CostMeter::seconds() const { return processor_seconds() - seconds_before_; }
std::uint64_t CostMeter::peak_bytes() const { return peak - bytes_before_; }
std::uint64_t CostMeter::allocations() const { return ::allocations - allocations_before_; }

}  // namespace wirecopy::fuzz
