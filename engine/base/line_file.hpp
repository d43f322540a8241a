// Reads files written by this program, line by line or as a whole.
//
// With std::ifstream, a loop over lines ends in the same way at the end of the file and at an error, and the error is
// not known. Here an error is an Error that names the file and the cause.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// Reads lines. Not thread-safe.
class LineFile {
 public:
  /// Throws Error(io).
  explicit LineFile(const std::filesystem::path& path);

  /// The next line without its newline; false at the end of the file. Throws Error(io).
  bool next(std::string& line);

 private:
  bool fill();

  std::string name_;
  FileDescriptor file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // the unread part of the buffer
  std::size_t end_ = 0;
};

/// All bytes of a file. Throws Error(io).
[[nodiscard]] std::string read_whole_file(const std::filesystem::path& path);

}  // namespace wirecopy
