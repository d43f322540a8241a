// Files of the operating system: an owner of a descriptor, and reading and writing that do all or throw.
//
// Every error is an Error whose message names the file, what was tried and the cause:
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

/// The reader of a pipe or socket went away (`wirecopy ... | head -1`): the command ends quietly on it. It needs
/// SIGPIPE to be ignored, which is the program's business; the library leaves signals alone.
class BrokenPipe : public Error {
 public:
  using Error::Error;
};

/// Throws "name: what: <text of errno value `error`>": BrokenPipe for EPIPE, kind resources where memory or file
/// handles ran out, kind io for all else.
[[noreturn]] void throw_system_error(std::string_view name, std::string_view what, int error);

/// Owns a file descriptor and closes it; empty (-1) by default and when moved from.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor() { reset(); }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }
  /// Gives the descriptor up without closing it.
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  /// Closes; errors go unheard, so what was written should be closed by close().
  void reset() noexcept;
  /// Closes and throws Error(io) naming the file when the system reports that earlier writes were lost.
  void close(std::string_view name);

 private:
  int fd_ = -1;
};

/// Opens an existing file for reading. Throws Error(io).
[[nodiscard]] FileDescriptor open_for_reading(const std::filesystem::path& path);
/// Creates or empties a file for writing. Throws Error(io).
[[nodiscard]] FileDescriptor open_for_writing(const std::filesystem::path& path);

/// Opens an existing file for writing from `offset` on. Throws Error(io).
[[nodiscard]] FileDescriptor open_for_writing_at(const std::filesystem::path& path, std::uint64_t offset);

/// Writes all bytes, whatever interrupts; waits where the descriptor is non-blocking. `name` is for the message only.
/// Throws BrokenPipe or Error(io).
void write_all(int fd, std::string_view bytes, std::string_view name);
/// Reads up to as many bytes as `into` holds, from where the descriptor stands; 0 at the end. Throws Error(io).
[[nodiscard]] std::size_t read_some(int fd, std::span<char> into, std::string_view name);
/// Fills `into` from `offset` on. Throws Error(io), also when the file ends before.
void read_exactly(int fd, std::span<char> into, std::uint64_t offset, std::string_view name);
/// Forces what was written to the disk; does nothing on pipes and terminals. Throws Error(io).
void sync_file(int fd, std::string_view name);

}  // namespace wirecopy
