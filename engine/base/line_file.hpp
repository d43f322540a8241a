// Files of the program's own making, read line by line or as a whole.
//
// A std::ifstream ends a loop over its lines in the same way at the end of the file and at an error, and does not say
// which error it was. Here an error is an Error that names the file and the cause.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file_descriptor.hpp"

namespace wirecopy {

/// Reads lines. For one thread at a time.
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
  std::size_t begin_ = 0;  // what is not taken yet
  std::size_t end_ = 0;
};

/// All bytes of a file. Throws Error(io).
[[nodiscard]] std::string read_whole_file(const std::filesystem::path& path);

}  // namespace wirecopy
