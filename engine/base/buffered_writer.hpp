// Output in large writes.
//
//   BufferedWriter out(open_for_writing(path), path.native());
//   out.append(line);
//   out.finish(WriteTo::disk);
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/file_descriptor.hpp"
#include "base/memory_size.hpp"

namespace wirecopy {

/// How durable the bytes are after finish().
enum class WriteTo {
  system,  ///< written to the operating system
  disk,    ///< also synced to disk (fsync), so that they survive a power failure
};

/// Buffers bytes and writes them to a descriptor 1 MiB at a time. The destructor discards what finish() has not
/// written, because only finish() can report an error. Not thread-safe.
class BufferedWriter {
 public:
  static constexpr std::size_t kDefaultCapacity = 1_MiB;

  /// Owns the file; finish() closes it. `name` is used in error messages.
  BufferedWriter(FileDescriptor file, std::string name, std::size_t capacity = kDefaultCapacity);
  /// Borrows a descriptor, such as standard output, and leaves it open.
  BufferedWriter(int fd, std::string name, std::size_t capacity = kDefaultCapacity);

  /// append(), flush() and finish() throw BrokenPipe if the reader is gone, otherwise Error(io).
  void append(std::string_view bytes);
  void flush();
  /// Flushes, syncs for WriteTo::disk, and closes an owned file. Nothing may be appended afterwards.
  void finish(WriteTo destination = WriteTo::system);

  /// Bytes appended so far.
  [[nodiscard]] std::uint64_t size() const { return written_ + used_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void write(std::string_view bytes);

  FileDescriptor owned_;
  int fd_;
  std::string name_;
  std::size_t capacity_;
  std::unique_ptr<char[]> buffer_;
  std::size_t used_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace wirecopy
