// Keeps the bytes of an input that cannot be read twice (stdin, a fifo).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// An anonymous temporary file: it has no name in its directory and disappears with the process, however that ends.
/// Written sequentially by one thread; afterwards any number of threads may read at any position.
class Spool {
 public:
  /// Throws Error(io) if no file can be created in the directory.
  explicit Spool(const std::string& directory);

  /// Throws Error(io), with the reason, if the disk is full.
  void append(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] int descriptor() const { return file_.get(); }

 private:
  std::string directory_;
  FileDescriptor file_;
  std::uint64_t size_ = 0;
};

}  // namespace wirecopy
