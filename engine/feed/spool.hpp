// A place for the bytes of an input that cannot be read twice (stdin, a fifo).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// An anonymous temporary file: it has no name in its directory and vanishes with the process, however that ends.
/// Written by one thread from front to back; read at any place afterwards, by any number of threads.
class Spool {
 public:
  /// Throws Error(io) when the directory cannot hold a file.
  explicit Spool(const std::string& directory);

  /// Throws Error(io), with the reason, when the disk is full.
  void append(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] int descriptor() const { return file_.get(); }

 private:
  std::string directory_;
  FileDescriptor file_;
  std::uint64_t size_ = 0;
};

}  // namespace wirecopy
