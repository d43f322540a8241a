// Large arrays that are stored on disk when memory is scarce.
//
//   SpillSpace space("/var/tmp", 2_GiB);
//   std::pmr::vector<std::uint64_t> ranks(&space);   // any size; the process stays under 2 GiB
//
// Problem: a feed of ten million articles needs tens of gigabytes of tokens, records and pairs. Most algorithms here
// stream or sort, so at any moment they need little of it.
// Idea: an array of a megabyte or more is a mapping of an unnamed file. Its pages belong to the system's file cache,
// which the system writes and reads as needed; only the currently mapped pages count as *this process's* memory. A
// monitor thread checks that every few milliseconds or more often, and when it approaches the budget, tells the system
// to unmap all pages of all mappings from the process (madvise MADV_DONTNEED, which loses nothing for shared file
// mappings). Pages that are used next come back by page faults: from the file cache as long as the machine has memory
// to spare, otherwise from the disk.
// Why it is correct: no algorithm knows about it, so results cannot depend on the budget. Disk space is reserved
// (posix_fallocate) when an array is allocated, so a full disk is an Error there and never a signal later.
// Cost: about 0.1 us per KB brought back from the file cache. Arrays smaller than a megabyte stay on the heap: thread
// scratch and blocks on their way through the pipeline, which pipeline/memory_plan.hpp bounds.
//
// If everything is expected to fit, files would only cost time. So a space may keep arrays in memory up to a given
// total, and only the rest goes to files. No algorithm knows about that either.
//
// The monitor is also the last resort for whatever the memory plan did not foresee: if the memory that cannot be
// released exceeds the budget plus kTolerance, the next relieve() throws, and the run stops instead of using more
// memory than it was given.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory_resource>
#include <string>
#include <thread>

#include "base/file_descriptor.hpp"
#include "base/mutex.hpp"

namespace wirecopy {

/// The resident memory of the process in bytes: the total, and the part that is pages of files. 0 if the system does
/// not report it.
struct ResidentMemory {
  std::uint64_t total = 0;
  std::uint64_t of_files = 0;
};
[[nodiscard]] ResidentMemory resident_memory();

/// A memory resource over temporary files, and the monitor of what is mapped. Thread-safe; must outlive everything that
/// is allocated from it.
class SpillSpace final : public std::pmr::memory_resource {
 public:
  /// Smaller allocations come from the heap.
  static constexpr std::size_t kMinMapped = std::size_t{1} << 20;

  /// How far the process may exceed its budget before relieve() stops the run: for its code, and as a margin.
  static constexpr std::uint64_t kTolerance = std::uint64_t{24} << 20;

  /// `directory` contains the files (it should be on a disk: a tmpfs is memory). `budget` is the resident memory in
  /// bytes that the process should stay below. Arrays of up to `in_memory` bytes in total are not files. Throws
  /// Error(io) if no file can be created in the directory; if `in_memory` is set, only when the first file is needed.
  SpillSpace(std::filesystem::path directory, std::uint64_t budget, std::uint64_t in_memory = 0);
  ~SpillSpace() override;
  SpillSpace(const SpillSpace&) = delete;
  SpillSpace& operator=(const SpillSpace&) = delete;

  /// Adds a mapping made elsewhere to those that the monitor releases, until forget().
  void watch(void* address, std::size_t size);
  /// Removes a mapping; false if it is not known.
  bool forget(void* address);

  /// From now on, every array is a file.
  void keep_nothing_in_memory() { in_memory_ = 0; }

  /// Does the work of the monitor, for threads that touch pages faster than it is scheduled: checks the resident memory
  /// and releases pages if there is too much. About 5 us; free if there are no files. Throws Error(resources) if the
  /// process was found to use more memory than the budget allows and cannot release it.
  void relieve();

  [[nodiscard]] std::uint64_t budget() const { return budget_; }
  /// The size of all temporary files: now, and the maximum so far.
  [[nodiscard]] std::uint64_t disk_bytes() const { return disk_bytes_; }
  [[nodiscard]] std::uint64_t peak_disk_bytes() const { return peak_disk_bytes_; }
  /// How often pages were released.
  [[nodiscard]] std::uint64_t releases() const { return releases_; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* address, std::size_t bytes, std::size_t alignment) override;
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }
  void monitor(const std::stop_token& stop);
  void release();
  void note_overrun(const ResidentMemory& now);
  [[nodiscard]] bool take_from_memory(std::size_t bytes);
  void* map_file(std::size_t size);
  /// Whether the process is near the budget and has pages to release.
  [[nodiscard]] bool is_full(const ResidentMemory& now) const;

  std::filesystem::path directory_;
  std::uint64_t budget_;
  Mutex mutex_;
  std::map<void*, std::size_t> mappings_ WIRECOPY_GUARDED_BY(mutex_);
  std::atomic<std::size_t> mapping_count_{0};  // size of mappings_
  std::atomic<std::uint64_t> in_memory_;       // limit of the total size of arrays in memory
  std::atomic<std::uint64_t> held_{0};         // total size of arrays in memory
  std::atomic<std::uint64_t> overrun_{0};      // the largest excessive memory that was found
  std::atomic<std::uint64_t> disk_bytes_{0};
  std::atomic<std::uint64_t> peak_disk_bytes_{0};
  std::atomic<std::uint64_t> releases_{0};
  std::jthread monitor_;  // last: it uses all other members
};

/// Parses "2G", "512MiB" or "40%" (of the memory of the machine or the container). Throws Error(usage) for anything
/// else, and for less than min_memory_budget().
[[nodiscard]] std::uint64_t parse_memory_budget(const std::string& text);
/// A round memory size of at least that many bytes, as accepted by parse_memory_budget(): "96M", "4G".
[[nodiscard]] std::string suggested_budget(std::uint64_t bytes);
/// 64 MiB: the minimum for threads and blocks.
[[nodiscard]] std::uint64_t min_memory_budget();
/// The memory of the machine, or of the container (cgroup) of the process if that has less.
[[nodiscard]] std::uint64_t machine_memory();

}  // namespace wirecopy
