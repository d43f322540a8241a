// Large arrays that live on disk when memory is scarce.
//
//   SpillSpace space("/var/tmp", 2_GiB);
//   std::pmr::vector<std::uint64_t> ranks(&space);   // any size; the process stays under 2 GiB
//
// Problem: a feed of ten million articles needs tens of gigabytes of tokens, records and pairs. Most algorithms here
// stream or sort, so at any moment they need little of it.
// Idea: an array of a megabyte or more is a mapping of a file without a name. Its pages are those of the system's file
// cache, which the system writes and reads as it must; what counts as *this process's* memory is only what is mapped in
// at the moment. A warden thread looks at that every few milliseconds or more often, and when it nears the budget,
// tells the system to take all pages of all mappings out of the process (madvise MADV_DONTNEED, which for shared file
// mappings loses nothing). What is used next comes back by page faults: from the file cache as long as the machine has
// memory to spare, from the disk otherwise. Why it is right: no algorithm knows, so that results cannot depend on the
// budget. The disk is reserved (posix_fallocate) when an array is made, so that a full disk is an Error there, and
// never a signal later. Cost: about 0.1 us per KB brought back from the file cache. What is smaller than a megabyte
// stays on the heap: thread scratch and blocks on their way through the pipeline, which pipeline/memory_plan.hpp
// bounds.
//
// Where all should fit, files would only cost time. So a space may keep arrays in memory up to some bytes of them, and
// what is more than that goes to files: no algorithm knows that either.
//
// What no plan foresaw is met by the warden last of all: when the memory that cannot be released is more than the
// budget and kTolerance, the next relieve() throws, and the run stops instead of taking what it was not given.
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

/// Bytes of memory that the process occupies now: all of it, and the part that is pages of files. 0 where the system
/// does not tell.
struct ResidentMemory {
  std::uint64_t total = 0;
  std::uint64_t of_files = 0;
};
[[nodiscard]] ResidentMemory resident_memory();

/// A memory resource over temporary files, and the warden of what is mapped. Thread-safe; must outlive all that is
/// allocated from it.
class SpillSpace final : public std::pmr::memory_resource {
 public:
  /// Allocations below this are the heap's.
  static constexpr std::size_t kLeastMapped = std::size_t{1} << 20;

  /// What the process may take beside its budget before relieve() stops the run: its code, and room for error.
  static constexpr std::uint64_t kTolerance = std::uint64_t{24} << 20;

  /// `directory` holds the files (it should be on a disk: a tmpfs is memory); `budget` is what the process should stay
  /// under, in bytes of resident memory. Arrays of `in_memory` bytes in all are no files. Throws Error(io) if no file
  /// can be made there; with `in_memory`, only when the first is needed.
  SpillSpace(std::filesystem::path directory, std::uint64_t budget, std::uint64_t in_memory = 0);
  ~SpillSpace() override;
  SpillSpace(const SpillSpace&) = delete;
  SpillSpace& operator=(const SpillSpace&) = delete;

  /// Takes a mapping that somebody else made into the warden's care, until forget().
  void watch(void* address, std::size_t size);
  /// False if the mapping is not known.
  bool forget(void* address);

  /// From here on, every array is a file.
  void keep_nothing_in_memory() { in_memory_ = 0; }

  /// Does the warden's work, for threads that touch pages faster than it gets a processor: looks how much is resident
  /// and releases what is too much. About 5 us; nothing where there is no file. Throws Error(resources) when the
  /// process has been met with more memory than the budget allows, none of it to be released.
  void relieve();

  [[nodiscard]] std::uint64_t budget() const { return budget_; }
  /// Bytes of temporary files now, and the most there have been.
  [[nodiscard]] std::uint64_t disk_bytes() const { return disk_bytes_; }
  [[nodiscard]] std::uint64_t peak_disk_bytes() const { return peak_disk_bytes_; }
  /// How often the warden had to act.
  [[nodiscard]] std::uint64_t releases() const { return releases_; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* address, std::size_t bytes, std::size_t alignment) override;
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }
  void keep_watch(const std::stop_token& stop);
  void release();
  void note_overrun(const ResidentMemory& now);
  [[nodiscard]] bool take_from_memory(std::size_t bytes);
  void* map_file(std::size_t size);
  /// Near the budget, with something to release.
  [[nodiscard]] bool is_full(const ResidentMemory& now) const;

  std::filesystem::path directory_;
  std::uint64_t budget_;
  Mutex mutex_;
  std::map<void*, std::size_t> mappings_ WIRECOPY_GUARDED_BY(mutex_);
  std::atomic<std::size_t> mapping_count_{0};  // of mappings_
  std::atomic<std::uint64_t> in_memory_;       // what arrays in memory may occupy together
  std::atomic<std::uint64_t> held_{0};         // what they do occupy
  std::atomic<std::uint64_t> overrun_{0};      // the most memory met that was too much
  std::atomic<std::uint64_t> disk_bytes_{0};
  std::atomic<std::uint64_t> peak_disk_bytes_{0};
  std::atomic<std::uint64_t> releases_{0};
  std::jthread warden_;  // last: it uses all others
};

/// Reads "2G", "512MiB" or "40%" (of the machine's or the container's memory). Throws Error(usage) for anything else,
/// and for less than least_memory_budget().
[[nodiscard]] std::uint64_t parse_memory_budget(const std::string& text);
/// What to write for --memory to get so many bytes: "96M", "4G"; a little more, so that it is a round number.
[[nodiscard]] std::string suggested_budget(std::uint64_t bytes);
/// 64 MiB: what threads and blocks need by themselves.
[[nodiscard]] std::uint64_t least_memory_budget();
/// The memory of the machine, or of the container (cgroup) that the process is in, if that has less.
[[nodiscard]] std::uint64_t machine_memory();

}  // namespace wirecopy
