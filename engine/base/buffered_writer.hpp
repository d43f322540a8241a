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

/// How far finish() takes the bytes.
enum class WriteTo {
  system,  ///< handed to the operating system
  disk,    ///< on the disk as well (fsync), so that they outlive a power cut
};

/// Gathers bytes and writes them to a descriptor a MiB at a time. Nothing is written behind the caller's back: what was
/// not finished is dropped by the destructor, because only finish() can report an error. For one thread at a time.
class BufferedWriter {
 public:
  static constexpr std::size_t kDefaultCapacity = 1_MiB;

  /// Takes the file over; finish() closes it. `name` is what messages call it.
  BufferedWriter(FileDescriptor file, std::string name, std::size_t capacity = kDefaultCapacity);
  /// Borrows a descriptor, such as standard output, and leaves it open.
  BufferedWriter(int fd, std::string name, std::size_t capacity = kDefaultCapacity);

  /// Throws BrokenPipe when the reader went away, Error(io) for all else, as do flush() and finish().
  void append(std::string_view bytes);
  void flush();
  /// Flushes, syncs if asked, and closes what it owns; the writer takes no more bytes afterwards.
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
