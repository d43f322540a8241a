// Operating system files: an owning descriptor, and reads and writes that either complete or throw.
//
// Every error is an Error whose message names the file, the operation and the cause:
// "result/unique.jsonl: cannot write: No space left on device".
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <utility>
#include <wirecopy/error.hpp>

namespace wirecopy {

/// The reader of a pipe or socket is gone (`wirecopy ... | head -1`); the command exits quietly on it. It is only
/// thrown if SIGPIPE is ignored, which is up to the program: the library does not change signal handlers.
class BrokenPipe : public Error {
 public:
  using Error::Error;
};

/// Throws "name: what: <text of the errno value `error`>": BrokenPipe for EPIPE, kind resources if memory or file
/// descriptors ran out, otherwise kind io.
[[noreturn]] void throw_system_error(std::string_view name, std::string_view what, int error);

/// Owns a file descriptor and closes it. Empty (-1) by default and after being moved from.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor() { reset(); }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }
  /// Releases the descriptor without closing it.
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  /// Closes and ignores errors. Use close() for files that were written to.
  void reset() noexcept;
  /// Closes. Throws Error(io), naming the file, if the system reports that earlier writes were lost.
  void close(std::string_view name);

 private:
  int fd_ = -1;
};

/// Opens an existing file for reading. Throws Error(io).
[[nodiscard]] FileDescriptor open_for_reading(const std::filesystem::path& path);
/// Creates or truncates a file for writing. Throws Error(io).
[[nodiscard]] FileDescriptor open_for_writing(const std::filesystem::path& path);

/// Opens an existing file for writing, starting at `offset`. Throws Error(io).
[[nodiscard]] FileDescriptor open_for_writing_at(const std::filesystem::path& path, std::uint64_t offset);

/// Writes all bytes: retries interrupted and short writes, and waits for non-blocking descriptors. `name` is used in
/// error messages only. Throws BrokenPipe or Error(io).
void write_all(int fd, std::string_view bytes, std::string_view name);
/// Reads up to into.size() bytes at the descriptor's current offset; returns 0 at the end. Throws Error(io).
[[nodiscard]] std::size_t read_some(int fd, std::span<char> into, std::string_view name);
/// Fills `into`, starting at `offset`. Throws Error(io), also if the file ends first.
void read_exactly(int fd, std::span<char> into, std::uint64_t offset, std::string_view name);
/// Syncs written data to disk; does nothing for pipes and terminals. Throws Error(io).
void sync_file(int fd, std::string_view name);

}  // namespace wirecopy
