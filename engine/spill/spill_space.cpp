#include "spill/spill_space.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <wirecopy/error.hpp>

#include "base/large_memory.hpp"
#include "base/memory_size.hpp"
#include "base/temporary_file.hpp"
#include "base/threads.hpp"

namespace wirecopy {
namespace {

/// The memory at which the monitor acts: pages that are mapped before it is scheduled must still fit into the budget.
std::uint64_t full_at(std::uint64_t budget) { return budget - budget / 3; }

/// How long the monitor may sleep if `room` bytes are left before it must act. Threads that only touch pages of the
/// file cache were observed to map 20 GB/s.
std::chrono::microseconds check_interval(std::uint64_t room) {
  constexpr std::uint64_t kBytesPerMicrosecond = 20'000;
  return std::chrono::microseconds(std::clamp<std::uint64_t>(room / kBytesPerMicrosecond, 500, 10'000));
}

/// Rounded up to whole pages.
std::size_t mapped_size(std::size_t bytes) {
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

void reserve_disk(int file, std::size_t size, const std::filesystem::path& directory) {
  int failed = 0;
  while ((failed = ::posix_fallocate(file, 0, static_cast<off_t>(size))) == EINTR) {
  }
  if (failed == 0) return;
  throw_system_error(directory.native(), fmt::format("cannot store another {} there", format_byte_size(size)), failed);
}

[[noreturn]] void refuse_more_memory(std::uint64_t needed, std::uint64_t budget) {
  throw Error(ErrorKind::resources,
              fmt::format("{} of memory are in use, more than the limit of {}, and the run is not finished; a limit of "
                          "{} may be enough",
                          format_byte_size(needed), format_byte_size(budget), suggested_budget(needed + needed / 4)));
}

}  // namespace

SpillSpace::SpillSpace(std::filesystem::path directory, std::uint64_t budget, std::uint64_t in_memory)
    : directory_(std::move(directory)), budget_(budget), in_memory_(in_memory) {
  if (in_memory == 0) static_cast<void>(open_temporary_file(directory_));
  try {
    monitor_ = start_thread<std::jthread>([this](const std::stop_token& stop) { monitor(stop); });
  } catch (const Error&) {
    // Then only the worker threads check the memory (relieve), which is less often.
  }
}

SpillSpace::~SpillSpace() = default;

void* SpillSpace::do_allocate(std::size_t bytes, std::size_t alignment) {
  if (bytes < kMinMapped) return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  return take_from_memory(bytes) ? allocate_large(bytes) : map_file(mapped_size(bytes));
}

bool SpillSpace::take_from_memory(std::size_t bytes) {
  std::uint64_t held = held_;
  do {
    if (held + bytes > in_memory_) return false;
  } while (!held_.compare_exchange_weak(held, held + bytes));
  return true;
}

void* SpillSpace::map_file(std::size_t size) {
  const FileDescriptor file = open_temporary_file(directory_);
  reserve_disk(file.get(), size, directory_);
  void* const address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) throw_system_error(directory_.native(), "cannot map a temporary file", errno);
  watch(address, size);
  const std::uint64_t now = disk_bytes_ += size;
  std::uint64_t peak = peak_disk_bytes_;
  while (peak < now && !peak_disk_bytes_.compare_exchange_weak(peak, now)) {
  }
  return address;
}

void SpillSpace::do_deallocate(void* address, std::size_t bytes, std::size_t alignment) {
  if (bytes < kMinMapped) return std::pmr::new_delete_resource()->deallocate(address, bytes, alignment);
  if (forget(address)) {
    ::munmap(address, mapped_size(bytes));
    disk_bytes_ -= mapped_size(bytes);
  } else {
    deallocate_large(address, bytes);
    held_ -= bytes;
  }
}

// Without huge pages: the system would map 2 MiB of the file for each byte that is read.
void SpillSpace::watch(void* address, std::size_t size) {
  ::madvise(address, size, MADV_NOHUGEPAGE);  // only a hint: a failure does not matter
  const MutexLock lock(mutex_);
  mappings_.emplace(address, size);
  mapping_count_ = mappings_.size();
}

bool SpillSpace::forget(void* address) {
  const MutexLock lock(mutex_);
  const bool is_known = mappings_.erase(address) != 0;
  mapping_count_ = mappings_.size();
  return is_known;
}

void SpillSpace::monitor(const std::stop_token& stop) {
  std::mutex sleep;
  std::condition_variable_any wake;
  std::unique_lock lock(sleep);
  while (!stop.stop_requested()) {
    const ResidentMemory now = resident_memory();
    if (is_full(now)) release();
    note_overrun(now);
    const std::uint64_t full = full_at(budget_);
    wake.wait_for(lock, stop, check_interval(full - std::min(full, now.total)), [] { return false; });
  }
}

bool SpillSpace::is_full(const ResidentMemory& now) const {
  constexpr std::uint64_t kMinRelease = 8_MiB;  // otherwise pages that cannot be released would trigger it all the time
  return now.total > full_at(budget_) && now.of_files > kMinRelease;
}

void SpillSpace::note_overrun(const ResidentMemory& now) {
  const std::uint64_t held = now.total - std::min(now.total, now.of_files);
  if (held > budget_ && held - budget_ > kTolerance) overrun_ = std::max<std::uint64_t>(overrun_, held);
}

void SpillSpace::relieve() {
  if (overrun_ != 0) refuse_more_memory(overrun_, budget_);
  if (mapping_count_ == 0) return;
  if (is_full(resident_memory())) release();
}

void SpillSpace::release() {
  const MutexLock lock(mutex_);
  for (const auto& [address, size] : mappings_) ::madvise(address, size, MADV_DONTNEED);
  ++releases_;
}

}  // namespace wirecopy
